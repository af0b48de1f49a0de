"""Write the index block by block. A change only writes the postings of the terms that an entry has or had."""

import secrets
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction

from postportal.search.backends.block_format import (
    BLOCK_SIZE,
    ENTRY_DTYPE,
    FACET_DTYPE,
    Array,
    day_number,
    make_facet_rows,
    name_code,
    read_entries,
    read_facets,
)
from postportal.search.backends.bulk_insert import bulk_insert
from postportal.search.backends.document_reader import DocumentReader, DocumentTerms, get_reader
from postportal.search.backends.interface import LoadDocuments
from postportal.search.backends.postings import merge_postings, remove_entries, replace_entry
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Word, WriteLock

# A posting: its entries and their places.
PostingBytes = tuple[bytes, bytes]
EMPTY_POSTING = (b"", b"")
# Terms that are read and written with one statement.
TERMS_PER_BATCH = 5000


class Change(NamedTuple):
    """A change to one slot of a block: the terms of its old entry, and its new document, if any."""

    old_terms: list[str]
    document: Document | None = None
    reading: DocumentTerms | None = None


# By slot, the number of an entry within its block.
Changes = dict[int, Change]


@contextmanager
def write_lock() -> Iterator[None]:
    """Hold the lock of the index until the transaction ends. SQLite only has one writer anyway."""
    with transaction.atomic():
        WriteLock.objects.get_or_create(pk=1)
        WriteLock.objects.select_for_update().get(pk=1)
        yield


def update_rows(keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
    """Index these rows as they are now, and remove those that `load` does not return."""
    with write_lock():
        documents = load(list(keys))
        write_documents(documents, gone=set(keys) - {document.key for document in documents})


def write_documents(documents: Sequence[Document], *, gone: Collection[DocumentKey] = ()) -> None:
    """Add or update the documents and remove the rows that are `gone`. The caller holds the lock. Documents with an
    unchanged fingerprint are not written."""
    fingerprints = {document.key: document.fingerprint for document in documents}
    entries = entries_of([*fingerprints, *gone])
    changed = {
        document.key: document
        for document in documents
        if document.key not in entries or entries[document.key].fingerprint != fingerprints[document.key]
    }
    reader = get_reader()
    readings = {key: reader.read(document) for key, document in changed.items()}
    removed = [key for key in gone if key in entries]
    old_terms = {key: terms_of(entries[key]) for key in (*changed, *removed) if key in entries}
    _write_entries(entries, readings, fingerprints)
    changes: dict[int, Changes] = defaultdict(dict)
    for key in (*changed, *removed):
        pk = entries[key].pk
        change = Change(old_terms.get(key, []), changed.get(key), readings.get(key))
        changes[pk // BLOCK_SIZE][pk % BLOCK_SIZE] = change
    for number, changes_of_block in sorted(changes.items()):
        _write_postings(number, changes_of_block, reader=reader)
        _write_columns(number, changes_of_block)
    IndexEntry.objects.filter(pk__in=[entries[key].pk for key in removed]).delete()
    _write_words(reader.words(readings.values()), on_conflict="titles = search_word.titles + excluded.titles")


def entries_of(keys: Iterable[DocumentKey]) -> dict[DocumentKey, IndexEntry]:
    """Return the index entries of the rows that are indexed."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    entries = {}
    for kind, pks_of_kind in pks.items():
        for entry in IndexEntry.objects.filter(kind=kind, object_id__in=pks_of_kind):
            entries[DocumentKey(kind, entry.object_id)] = entry
    return entries


def terms_of(entry: IndexEntry) -> list[str]:
    """Return the terms whose postings contain the entry."""
    return zlib.decompress(bytes(entry.terms)).decode().split("\n") if entry.terms else []


def write_block(number: int, postings: Mapping[str, PostingBytes], *, old_terms: Collection[str]) -> None:
    """Replace the postings of `old_terms` in a block by these postings. Postings that are already right are not
    written."""
    for batch in _batches(sorted({*postings, *old_terms})):
        stored = _read_postings(number, batch)
        changed = [term for term in batch if term in postings and stored.get(term) != postings[term]]
        _insert_postings([(term, number, *postings[term]) for term in changed])
        _delete_postings(number, [term for term in stored if term not in postings])


def write_columns(number: int, entries: Array, facets: Array) -> None:
    """Write the columns of a block if they differ from the stored ones."""
    columns = (entries.tobytes(), np.sort(facets).tobytes())
    block = IndexBlock.objects.filter(number=number).first()
    if block is None or (bytes(block.entries), bytes(block.facets)) != columns:
        _save_block(number, *columns)


def write_entries(
    entries: Mapping[DocumentKey, IndexEntry],
    readings: Mapping[DocumentKey, DocumentTerms],
    fingerprints: Mapping[DocumentKey, str],
) -> None:
    """Write fingerprint and terms of the entries that differ."""
    changed = {
        key: reading
        for key, reading in readings.items()
        if entries[key].fingerprint != fingerprints[key] or bytes(entries[key].terms) != reading.terms
    }
    _write_entries(dict(entries), changed, fingerprints)


def write_words(words: Mapping[str, int]) -> None:
    """Add words with the number of titles they occur in. A stored number is only raised."""
    for batch in _batches(sorted(words)):
        with write_lock():
            if_greater = "titles = excluded.titles WHERE search_word.titles < excluded.titles"
            _write_words({word: words[word] for word in batch}, on_conflict=if_greater)


def _write_entries(
    entries: dict[DocumentKey, IndexEntry],
    readings: Mapping[DocumentKey, DocumentTerms],
    fingerprints: Mapping[DocumentKey, str],
) -> None:
    """Write fingerprint and terms of the entries, and add new ones to `entries`."""
    known = set(entries)
    new = [
        IndexEntry(kind=key.kind, object_id=key.pk, fingerprint=fingerprints[key], terms=reading.terms)
        for key, reading in readings.items()
        if key not in known
    ]
    for entry in IndexEntry.objects.bulk_create(new):
        entries[DocumentKey(entry.kind, entry.object_id)] = entry
    old = [(entries[key].pk, key, reading) for key, reading in readings.items() if key in known]
    bulk_insert(
        "INSERT INTO search_indexentry (id, kind, object_id, fingerprint, terms) {rows}"
        " ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, terms = excluded.terms",
        [(pk, key.kind, key.pk, fingerprints[key], reading.terms) for pk, key, reading in old],
        types=("bigint", "text", "bigint", "text", "bytea"),
    )


def _write_postings(number: int, changes: Changes, *, reader: DocumentReader) -> None:
    old_slots: dict[str, set[int]] = defaultdict(set)
    for slot, change in changes.items():
        for term in change.old_terms:
            old_slots[term].add(slot)
    readings = {slot: change.reading for slot, change in changes.items() if change.reading}
    unused_terms = set(old_slots)
    only_slot = next(iter(changes)) if len(changes) == 1 else None
    postings = reader.postings(readings) if readings else iter(())
    while batch := {term: (entries, places) for term, entries, places in islice(postings, TERMS_PER_BATCH)}:
        unused_terms -= batch.keys()
        _merge_postings(number, batch, old_slots=old_slots, slot=only_slot)
    for terms in _batches(sorted(unused_terms)):
        _merge_postings(number, dict.fromkeys(terms, EMPTY_POSTING), old_slots=old_slots, slot=only_slot)


def _merge_postings(
    number: int, new: Mapping[str, PostingBytes], *, old_slots: Mapping[str, set[int]], slot: int | None
) -> None:
    """Merge postings into the block, removing the old entries of each term first. `slot` is given if only one entry has
    changed."""
    stored = _read_postings(number, list(new))
    changed, emptied = [], []
    for term, (entries, places) in sorted(new.items()):
        if term in stored and slot is not None:
            entries, places = replace_entry(*stored[term], slot=slot, new=(entries, places))
        elif term in stored:
            others = remove_entries(*stored[term], gone=old_slots[term]) if term in old_slots else stored[term]
            entries, places = merge_postings(others, (entries, places))
        if entries:
            changed.append((term, number, entries, places))
        elif term in stored:
            emptied.append(term)
    _insert_postings(changed)
    _delete_postings(number, emptied)


def _insert_postings(rows: Sequence[tuple[str, int, bytes, bytes]]) -> None:
    bulk_insert(
        "INSERT INTO search_posting (term, block, entries, places) {rows}"
        " ON CONFLICT (term, block) DO UPDATE SET entries = excluded.entries, places = excluded.places",
        rows,
        types=("text", "int", "bytea", "bytea"),
    )


def _read_postings(number: int, terms: Sequence[str]) -> dict[str, PostingBytes]:
    placeholders = ", ".join(["%s"] * len(terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, entries, places FROM search_posting WHERE block = %s AND term IN ({placeholders})",  # noqa: S608
            [number, *terms],
        )
        return {term: (bytes(entries), bytes(places)) for term, entries, places in cursor.fetchall()}


def _delete_postings(number: int, terms: Sequence[str]) -> None:
    """Delete postings with SQL: with a composite primary key, the ORM would load every row first."""
    with connection.cursor() as cursor:
        for batch in _batches(terms):
            placeholders = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"DELETE FROM search_posting WHERE block = %s AND term IN ({placeholders})",  # noqa: S608
                [number, *batch],
            )


def _write_columns(number: int, changes: Changes) -> None:
    block = IndexBlock.objects.filter(number=number).first()
    entries = read_entries(block).copy() if block else np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    facets = read_facets(block) if block else np.empty(0, dtype=FACET_DTYPE)
    entries[list(changes)] = 0
    unchanged = facets[~np.isin(facets["entry"], list(changes))]
    documents = {slot: (document, reading) for slot, (_, document, reading) in changes.items() if document and reading}
    # Sorted, so that the same entries always have the same bytes, whatever was changed before.
    facets = np.sort(np.concatenate([unchanged, fill_block(entries, documents)]))
    _save_block(number, entries.tobytes(), facets.tobytes())


def fill_block(entries: Array, documents: Mapping[int, tuple[Document, DocumentTerms]]) -> Array:
    """Write the documents to their slots in the entries of a block. Return their facet rows."""
    pairs = []
    for slot, (document, reading) in documents.items():
        key = document.key
        language = name_code(document.language) if document.language else 0
        entries[slot] = (key.pk, name_code(key.kind), language, reading.length, day_number(document.date))
        pairs += [(slot, facet, value) for facet, value in sorted(document.facets)]
    return make_facet_rows(pairs)


def _save_block(number: int, entries: bytes, facets: bytes) -> None:
    IndexBlock.objects.update_or_create(
        number=number, defaults={"version": secrets.randbits(62), "entries": entries, "facets": facets}
    )


def _write_words(words: Mapping[str, int], *, on_conflict: str) -> None:
    """Add words with their counts in titles. `on_conflict` is the SET clause for a word of a title that exists."""
    statement = "INSERT INTO search_word (text, titles, version) {rows} ON CONFLICT (text) DO "
    types = ("text", "int", "bigint")
    version = _next_words_version(WriteLock.objects.get(pk=1).words_version)
    added = bulk_insert(f"{statement} NOTHING", [(word, 0, version) for word in sorted(words)], types=types)
    in_titles = sorted((word, count, version) for word, count in words.items() if count)
    for batch in _batches([word for word, _, _ in in_titles]):
        added += Word.objects.filter(titles=0, text__in=batch).count()
    if_first = "version = CASE WHEN search_word.titles = 0 THEN excluded.version ELSE search_word.version END"
    bulk_insert(f"{statement} UPDATE SET {if_first}, {on_conflict}", in_titles, types=types)
    if added:
        WriteLock.objects.update(words_version=version)


def _next_words_version(version: int) -> int:
    """Return a version above this one that nobody had before. A transaction that was rolled back may have had the next
    number, and a process that read words in it would take other words of this number as read."""
    return version + 1 + secrets.randbits(32)


def _batches(terms: Sequence[str]) -> Iterable[Sequence[str]]:
    return (terms[start : start + TERMS_PER_BATCH] for start in range(0, len(terms), TERMS_PER_BATCH))
