"""Write the index block by block. A change only writes the postings of the terms that an entry has or had."""

import secrets
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from django.db import connection

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
    sort_facet_rows,
)
from postportal.search.backends.bulk_insert import bulk_insert
from postportal.search.backends.document_reader import DocumentReader, DocumentTerms
from postportal.search.backends.interface import LoadDocuments
from postportal.search.backends.postings import PostingBytes, merge_postings, remove_entries, replace_entry
from postportal.search.backends.read_ahead import MIN_READ_AHEAD, ReadAhead
from postportal.search.backends.word_writer import TERMS_PER_BATCH, add_words, batches
from postportal.search.backends.write_lock import write_lock
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry
from postportal.web.compiled_query import CompiledQuery
from postportal.web.keyed_query import KeyedQuery

EMPTY_POSTING = (b"", b"")
_entries = KeyedQuery(lambda pks, kind: IndexEntry.objects.filter(kind=kind, object_id__in=pks), takes=(str,))
_block = CompiledQuery(lambda number: IndexBlock.objects.filter(number=number), takes=(int,))


class Change(NamedTuple):
    """A change to one slot of a block: the terms of its old entry, and its new document, if any."""

    old_terms: list[str]
    document: Document | None = None
    reading: DocumentTerms | None = None


# By slot, the number of an entry within its block.
Changes = dict[int, Change]


def update_rows(keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
    """Index these rows as they are now, and remove those that `load` does not return. Many are read ahead."""
    ahead = ReadAhead(load(list(keys)) if len(keys) >= MIN_READ_AHEAD else ())
    with write_lock():
        documents = load(list(keys))
        write_documents(documents, gone=set(keys) - {document.key for document in documents}, ahead=ahead)


def write_documents(
    documents: Sequence[Document], *, gone: Collection[DocumentKey] = (), ahead: ReadAhead | None = None
) -> None:
    """Add or update the documents and remove the rows that are `gone`. The caller holds the lock. Documents with an
    unchanged fingerprint are not written."""
    ahead = ahead or ReadAhead()
    fingerprints = {document.key: document.fingerprint for document in documents}
    entries = entries_of([*fingerprints, *gone])
    changed = {
        document.key: document
        for document in documents
        if document.key not in entries or entries[document.key].fingerprint != fingerprints[document.key]
    }
    reader = ahead.reader
    readings = {key: ahead.read(document, fingerprints[key]) for key, document in changed.items()}
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
    if removed:
        IndexEntry.objects.filter(pk__in=[entries[key].pk for key in removed]).delete()
    add_words(reader.words(readings.values()), on_conflict="titles = search_word.titles + excluded.titles")


def entries_of(keys: Iterable[DocumentKey]) -> dict[DocumentKey, IndexEntry]:
    """Return the index entries of the rows that are indexed."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    entries = {}
    for kind, pks_of_kind in pks.items():
        for entry in _entries.objects(pks_of_kind, kind):
            entries[DocumentKey(kind, entry.object_id)] = entry
    return entries


def terms_of(entry: IndexEntry) -> list[str]:
    """Return the terms whose postings contain the entry."""
    return zlib.decompress(bytes(entry.terms)).decode().split("\n") if entry.terms else []


def write_block(number: int, postings: Mapping[str, PostingBytes], *, old_terms: Collection[str]) -> None:
    """Replace the postings of `old_terms` in a block by these postings. Postings that are already right are not
    written."""
    for batch in batches(sorted({*postings, *old_terms})):
        stored = _read_postings(number, batch)
        changed = [term for term in batch if term in postings and stored.get(term) != postings[term]]
        _insert_postings([(term, number, *postings[term]) for term in changed])
        _delete_postings(number, [term for term in stored if term not in postings])


def write_columns(number: int, entries: Array, facets: Array) -> None:
    """Write the columns of a block if they differ from the stored ones."""
    columns = (entries.tobytes(), sort_facet_rows(facets).tobytes())
    block = next(iter(_block.objects(number)), None)
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
    for terms in batches(sorted(unused_terms)):
        _merge_postings(number, dict.fromkeys(terms, EMPTY_POSTING), old_slots=old_slots, slot=only_slot)


def _merge_postings(
    number: int, new: Mapping[str, PostingBytes], *, old_slots: Mapping[str, set[int]], slot: int | None
) -> None:
    """Merge postings into the block, removing the old entries of each term first. `slot` is given if only one entry has
    changed."""
    stored = _read_postings(number, list(new))
    merged = dict(new)
    if slot is not None:
        replaced = replace_entry(list(stored.values()), slot=slot, new=[new[term] for term in stored])
        merged |= zip(stored, replaced, strict=True)
    else:
        for term, posting in stored.items():
            others = remove_entries(*posting, gone=old_slots[term]) if term in old_slots else posting
            merged[term] = merge_postings(others, new[term])
    changed = sorted((term, number, *posting) for term, posting in merged.items() if posting[0])
    _insert_postings([row for row in changed if stored.get(row[0]) != row[2:]])
    _delete_postings(number, sorted(term for term in stored if not merged[term][0]))


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
        for batch in batches(terms):
            placeholders = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"DELETE FROM search_posting WHERE block = %s AND term IN ({placeholders})",  # noqa: S608
                [number, *batch],
            )


def _write_columns(number: int, changes: Changes) -> None:
    block = next(iter(_block.objects(number)), None)
    entries = read_entries(block).copy() if block else np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    facets = read_facets(block) if block else np.empty(0, dtype=FACET_DTYPE)
    entries[list(changes)] = 0
    unchanged = facets[~np.isin(facets["entry"], list(changes))]
    documents = {slot: (document, reading) for slot, (_, document, reading) in changes.items() if document and reading}
    # Sorted, so that the same entries always have the same bytes, whatever was changed before.
    new = sort_facet_rows(fill_block(entries, documents))
    facets = np.insert(unchanged, np.searchsorted(unchanged["entry"], new["entry"]), new)
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
    bulk_insert(
        "INSERT INTO search_indexblock (number, version, entries, facets) {rows} ON CONFLICT (number)"
        " DO UPDATE SET version = excluded.version, entries = excluded.entries, facets = excluded.facets",
        [(number, secrets.randbits(62), entries, facets)],
        types=("int", "bigint", "bytea", "bytea"),
    )
