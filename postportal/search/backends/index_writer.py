"""Writes the index, block by block. Only the postings of the terms that a changed entry has or had are touched."""

import secrets
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from psycopg import Cursor

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
from postportal.search.backends.document_reader import DocumentReader, DocumentTerms, get_reader
from postportal.search.backends.interface import LoadDocuments
from postportal.search.backends.postings import merge_postings, remove_entries
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Word, WriteLock

# A posting: its entries and their places.
PostingBytes = tuple[bytes, bytes]
EMPTY_POSTING = (b"", b"")
# Terms that are read and written at once.
TERMS_PER_BATCH = 5000


class Change(NamedTuple):
    """What happens to a place of a block: the terms it had, and what stands there from now on, if anything."""

    old_terms: list[str]
    document: Document | None = None
    reading: DocumentTerms | None = None


Changes = dict[int, Change]


@contextmanager
def write_lock() -> Iterator[None]:
    """Wait until nobody else writes, and be the one who does. SQLite has one writer anyway."""
    with transaction.atomic():
        WriteLock.objects.get_or_create(pk=1)
        WriteLock.objects.select_for_update().get(pk=1)
        yield


def update_rows(keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
    """Bring these rows into the index as they are; those that are gone leave it."""
    with write_lock():
        documents = load(list(keys))
        write_documents(documents, gone=set(keys) - {document.key for document in documents})


def write_documents(documents: Sequence[Document], *, gone: Collection[DocumentKey] = ()) -> None:
    """In the turn of the caller, put the documents in and take out what is gone; whose content is in already, that one
    stays as it is."""
    prints = {document.key: document.fingerprint for document in documents}
    here = entries_of([*prints, *gone])
    news = {
        document.key: document
        for document in documents
        if document.key not in here or here[document.key].fingerprint != prints[document.key]
    }
    reader = get_reader()
    readings = {key: reader.read(document) for key, document in news.items()}
    leaving = [key for key in gone if key in here]
    had = {key: terms_of(here[key]) for key in (*news, *leaving) if key in here}
    _write_entries(here, readings, prints)
    changes: dict[int, Changes] = defaultdict(dict)
    for key in (*news, *leaving):
        pk = here[key].pk
        changes[pk // BLOCK_SIZE][pk % BLOCK_SIZE] = Change(had.get(key, []), news.get(key), readings.get(key))
    for number, changed in sorted(changes.items()):
        _write_postings(number, changed, reader=reader)
        _write_columns(number, changed)
    IndexEntry.objects.filter(pk__in=[here[key].pk for key in leaving]).delete()
    _write_words(reader.words(readings.values()), on_conflict="titles = search_word.titles + excluded.titles")


def entries_of(keys: Iterable[DocumentKey]) -> dict[DocumentKey, IndexEntry]:
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    found = {}
    for kind, wanted in pks.items():
        for entry in IndexEntry.objects.filter(kind=kind, object_id__in=wanted):
            found[DocumentKey(kind, entry.object_id)] = entry
    return found


def terms_of(entry: IndexEntry) -> list[str]:
    """The terms whose postings have the entry."""
    return zlib.decompress(bytes(entry.terms)).decode().split("\n") if entry.terms else []


def write_block(number: int, postings: Mapping[str, PostingBytes], *, old_terms: Collection[str]) -> None:
    """Let a block have these postings, and of the terms it `had` no others. What is so already is not written."""
    for part in _batches(sorted({*postings, *old_terms})):
        here = _read_postings(number, part)
        written = [(term, postings[term]) for term in part if term in postings and here.get(term) != postings[term]]
        _insert_postings([(term, number, *posting) for term, posting in written])
        _delete_postings(number, [term for term in here if term not in postings])


def write_columns(number: int, entries: Array, facets: Array) -> None:
    """Let a block say this of its entries, if it says anything else."""
    wanted = (entries.tobytes(), np.sort(facets).tobytes())
    block = IndexBlock.objects.filter(number=number).first()
    if block is None or (bytes(block.entries), bytes(block.facets)) != wanted:
        _save_block(number, *wanted)


def write_entries(
    entries: Mapping[DocumentKey, IndexEntry],
    readings: Mapping[DocumentKey, DocumentTerms],
    prints: Mapping[DocumentKey, str],
) -> None:
    """Note what the entries have, of those that say anything else."""
    others = {
        key: reading
        for key, reading in readings.items()
        if entries[key].fingerprint != prints[key] or bytes(entries[key].terms) != reading.terms
    }
    _write_entries(dict(entries), others, prints)


def write_words(words: Mapping[str, int]) -> None:
    """Note words of which is known in how many titles they are written, at least."""
    for part in _batches(sorted(words)):
        with write_lock():
            more = "titles = excluded.titles WHERE search_word.titles < excluded.titles"
            _write_words({word: words[word] for word in part}, on_conflict=more)


def _write_entries(
    here: dict[DocumentKey, IndexEntry],
    readings: Mapping[DocumentKey, DocumentTerms],
    prints: Mapping[DocumentKey, str],
) -> None:
    """Note what the entries have from now on; those that are new come into `here`."""
    known = set(here)
    new = [
        IndexEntry(kind=key.kind, object_id=key.pk, fingerprint=prints[key], terms=reading.terms)
        for key, reading in readings.items()
        if key not in known
    ]
    for entry in IndexEntry.objects.bulk_create(new):
        here[DocumentKey(entry.kind, entry.object_id)] = entry
    old = [(here[key].pk, key, reading) for key, reading in readings.items() if key in known]
    _insert(
        "INSERT INTO search_indexentry (id, kind, object_id, fingerprint, terms) {rows}"
        " ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, terms = excluded.terms",
        [(pk, key.kind, key.pk, prints[key], reading.terms) for pk, key, reading in old],
        types=("bigint", "text", "bigint", "text", "bytea"),
    )


def _write_postings(number: int, changes: Changes, *, reader: DocumentReader) -> None:
    gone: dict[str, set[int]] = defaultdict(set)
    for place, change in changes.items():
        for term in change.old_terms:
            gone[term].add(place)
    readings = {place: change.reading for place, change in changes.items() if change.reading}
    left = set(gone)
    postings = reader.postings(readings) if readings else iter(())
    while part := {term: (entries, places) for term, entries, places in islice(postings, TERMS_PER_BATCH)}:
        left -= part.keys()
        _merge_postings(number, part, gone=gone)
    for terms in _batches(sorted(left)):
        _merge_postings(number, dict.fromkeys(terms, EMPTY_POSTING), gone=gone)


def _merge_postings(number: int, new: Mapping[str, PostingBytes], *, gone: Mapping[str, set[int]]) -> None:
    """Bring these postings into the block, without the entries that are gone."""
    here = _read_postings(number, list(new))
    written, emptied = [], []
    for term, (entries, places) in sorted(new.items()):
        if term in here:
            stays = remove_entries(*here[term], gone=gone[term]) if term in gone else here[term]
            entries, places = merge_postings(stays, (entries, places))
        if entries:
            written.append((term, number, entries, places))
        elif term in here:
            emptied.append(term)
    _insert_postings(written)
    _delete_postings(number, emptied)


def _insert_postings(rows: Sequence[tuple[str, int, bytes, bytes]]) -> None:
    _insert(
        "INSERT INTO search_posting (term, block, entries, places) {rows}"
        " ON CONFLICT (term, block) DO UPDATE SET entries = excluded.entries, places = excluded.places",
        rows,
        types=("text", "int", "bytea", "bytea"),
    )


def _read_postings(number: int, terms: Sequence[str]) -> dict[str, PostingBytes]:
    wanted = ", ".join(["%s"] * len(terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, entries, places FROM search_posting WHERE block = %s AND term IN ({wanted})",  # noqa: S608
            [number, *terms],
        )
        return {term: (bytes(entries), bytes(places)) for term, entries, places in cursor.fetchall()}


def _delete_postings(number: int, terms: Sequence[str]) -> None:
    """Where a key has two parts, the ORM reads every row before it deletes it."""
    with connection.cursor() as cursor:
        for part in _batches(terms):
            wanted = ", ".join(["%s"] * len(part))
            cursor.execute(
                f"DELETE FROM search_posting WHERE block = %s AND term IN ({wanted})",  # noqa: S608
                [number, *part],
            )


def _write_columns(number: int, changes: Changes) -> None:
    block = IndexBlock.objects.filter(number=number).first()
    entries = read_entries(block).copy() if block else np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    facets = read_facets(block) if block else np.empty(0, dtype=FACET_DTYPE)
    entries[list(changes)] = 0
    stays = facets[~np.isin(facets["entry"], list(changes))]
    found = {place: (document, reading) for place, (_, document, reading) in changes.items() if document and reading}
    # In one order, so that the same entries are the same bytes, whatever was changed before.
    facets = np.sort(np.concatenate([stays, fill_block(entries, found)]))
    _save_block(number, entries.tobytes(), facets.tobytes())


def fill_block(entries: Array, found: Mapping[int, tuple[Document, DocumentTerms]]) -> Array:
    """Write what is known of these documents to their places in the entries of a block; returns the pairs of their
    facets."""
    pairs = []
    for place, (document, reading) in found.items():
        key = document.key
        language = name_code(document.language) if document.language else 0
        entries[place] = (key.pk, name_code(key.kind), language, reading.length, day_number(document.date))
        pairs += [(place, facet, value) for facet, value in sorted(document.facets)]
    return make_facet_rows(pairs)


def _save_block(number: int, entries: bytes, facets: bytes) -> None:
    IndexBlock.objects.update_or_create(
        number=number, defaults={"version": secrets.randbits(62), "entries": entries, "facets": facets}
    )


def _write_words(words: Mapping[str, int], *, on_conflict: str) -> None:
    """`again` says what becomes of a word of titles that is there already."""
    into = "INSERT INTO search_word (text, titles) {rows} ON CONFLICT (text) DO "
    types = ("text", "int")
    added = _insert(f"{into} NOTHING", [(word, 0) for word in sorted(words)], types=types)
    of_titles = sorted((word, often) for word, often in words.items() if often)
    for part in _batches([word for word, _ in of_titles]):
        added += Word.objects.filter(titles=0, text__in=part).count()
    _insert(f"{into} UPDATE SET {on_conflict}", of_titles, types=types)
    if added:
        WriteLock.objects.update(words_version=secrets.randbits(62))


def _insert(statement: str, rows: Sequence[tuple[str | int | bytes, ...]], *, types: Sequence[str]) -> int:
    """What the ORM can do, too, at a tenth of the speed; returns how many rows it wrote. `types` are those of the
    columns. PostgreSQL takes all rows as one array a column in one statement, several times faster than row by row;
    SQLite has no arrays, and nothing to gain."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _insert_arrays(statement, rows, types=types)
        cursor.executemany(statement.format(rows=f"VALUES ({', '.join(['%s'] * len(types))})"), rows)
        written: int = cursor.rowcount
        return written


def _insert_arrays(statement: str, rows: Sequence[tuple[str | int | bytes, ...]], *, types: Sequence[str]) -> int:
    """With a cursor of the driver's own: Django's writes every value into the statement as text, which takes longer
    than all the rest."""
    arrays = ", ".join(f"%b::{name}[]" for name in types)
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement.format(rows=f"SELECT * FROM unnest({arrays})"), columns)  # noqa: S608 - our types
        return cursor.rowcount


def _batches(terms: Sequence[str]) -> Iterable[Sequence[str]]:
    return (terms[start : start + TERMS_PER_BATCH] for start in range(0, len(terms), TERMS_PER_BATCH))
