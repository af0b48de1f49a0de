"""Writes the index anew, a block at a time, beside a live site. What a block should have is worked out before the turn;
in the turn only what differs is written, so that editors who save hardly wait, and a sound index is only read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Count

from postportal.search.backends import index_writer
from postportal.search.backends.block_format import BLOCK_SIZE, ENTRY_DTYPE, Array
from postportal.search.backends.document_reader import DocumentTerms, get_reader
from postportal.search.backends.index_writer import PostingBytes
from postportal.search.backends.interface import LoadDocuments
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Posting

# Rows that come into the index in one turn: editors who save wait as long.
ROWS_PER_LOCK = 250


def rebuild(keys: Iterable[DocumentKey], *, load: LoadDocuments) -> Iterator[int]:
    """Yields how many rows are done. Nobody meets a block that is half full."""
    done: set[DocumentKey] = set()
    words: Counter[str] = Counter()
    counts = _count_postings()
    numbers = {pk // BLOCK_SIZE for pk in IndexEntry.objects.values_list("pk", flat=True)}
    for number in sorted(numbers | counts.keys()):
        block = _write_block(number, postings=counts.get(number, 0), load=load)
        done.update(block.entries)
        words.update(block.words)
        yield len(done)
    index_writer.write_words(words)
    missing = [key for key in keys if key not in done]
    for start in range(0, len(missing), ROWS_PER_LOCK):
        part = missing[start : start + ROWS_PER_LOCK]
        index_writer.update_rows(part, load=load)
        yield len(done) + start + len(part)


@dataclass(frozen=True)
class RebuiltBlock:
    """A block as its rows want it."""

    # Changes with every change of the block; None where there is none.
    version: int | None
    entries: dict[DocumentKey, IndexEntry]
    documents: dict[DocumentKey, Document]
    readings: dict[DocumentKey, DocumentTerms]
    postings: dict[str, PostingBytes]
    columns: tuple[Array, Array]
    words: Mapping[str, int]
    # The terms of which its entries say that they have them.
    known: frozenset[str]

    @property
    def fingerprints(self) -> dict[DocumentKey, str]:
        return {key: document.fingerprint for key, document in self.documents.items()}


def _count_postings() -> dict[int, int]:
    """How many postings each block has: one look at the primary key, whatever the postings hold."""
    rows = Posting.objects.values_list("block").annotate(postings=Count("term")).order_by()
    return dict(rows)


def _write_block(number: int, *, postings: int, load: LoadDocuments) -> RebuiltBlock:
    """`postings` says how many the block was found to have. Where its entries know of another number, all are looked
    for that the block has, among those of all blocks."""
    block = _read_block(number, load=load)
    strays = set() if len(block.known) == postings else _terms_in_block(number)
    with index_writer.write_lock():
        if _is_outdated(block, number, load=load):
            # Somebody saved in between.
            block = _read_block(number, load=load)
        index_writer.write_block(number, block.postings, old_terms=block.known | strays)
        if block.documents:
            index_writer.write_columns(number, *block.columns)
        else:
            IndexBlock.objects.filter(number=number).delete()
        index_writer.write_entries(block.entries, block.readings, block.fingerprints)
        left = [entry.pk for key, entry in block.entries.items() if key not in block.documents]
        IndexEntry.objects.filter(pk__in=left).delete()
    return block


def _terms_in_block(number: int) -> set[str]:
    return set(Posting.objects.filter(block=number).values_list("term", flat=True).order_by())


def _is_outdated(block: RebuiltBlock, number: int, *, load: LoadDocuments) -> bool:
    return (
        _version(number) != block.version
        or {document.key: document.fingerprint for document in load(list(block.entries))} != block.fingerprints
    )


def _version(number: int) -> int | None:
    return IndexBlock.objects.filter(number=number).values_list("version", flat=True).first()


def _read_block(number: int, *, load: LoadDocuments) -> RebuiltBlock:
    first = number * BLOCK_SIZE
    version = _version(number)
    rows = IndexEntry.objects.filter(pk__range=(first, first + BLOCK_SIZE - 1)).order_by("pk")
    entries = {DocumentKey(entry.kind, entry.object_id): entry for entry in rows}
    documents = {document.key: document for document in load(list(entries))}
    reader = get_reader()
    readings = {key: reader.read(document) for key, document in documents.items()}
    places = {key: entries[key].pk % BLOCK_SIZE for key in documents}
    postings = reader.postings({places[key]: reading for key, reading in readings.items()}) if readings else ()
    columns = np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    facets = index_writer.fill_block(columns, {places[key]: (documents[key], readings[key]) for key in documents})
    return RebuiltBlock(
        version=version,
        entries=entries,
        documents=documents,
        readings=readings,
        postings={term: (holders, spots) for term, holders, spots in postings},
        columns=(columns, facets),
        words=reader.words(readings.values()),
        known=frozenset(term for entry in entries.values() for term in index_writer.terms_of(entry)),
    )
