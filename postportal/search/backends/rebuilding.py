"""Rebuild the index block by block while the portal runs.

Each block is computed without holding the write lock. Under the lock only the differences are written, so that editors
who save hardly wait, and nothing is written to an index that is correct.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.db.models import Count

from postportal.search.backends import index_writer
from postportal.search.backends.block_format import BLOCK_SIZE, ENTRY_DTYPE, Array
from postportal.search.backends.document_reader import DocumentTerms, get_reader
from postportal.search.backends.interface import LoadDocuments
from postportal.search.backends.postings import PostingBytes
from postportal.search.backends.word_writer import write_words
from postportal.search.backends.write_lock import write_lock
from postportal.search.documents import Document, DocumentKey
from postportal.search.models import IndexBlock, IndexEntry, Posting

# Missing rows that are added under one lock, during which editors who save have to wait: as many as an import writes.
ROWS_PER_LOCK = 1024


def rebuild(keys: Iterable[DocumentKey], *, load: LoadDocuments) -> Iterator[int]:
    """Rebuild the index of these rows and yield the number of rows done. Searches never see a half-filled block."""
    done = 0
    words: Counter[str] = Counter()
    counts = _count_postings()
    numbers = {pk // BLOCK_SIZE for pk in IndexEntry.objects.values_list("pk", flat=True).iterator()}
    for number in sorted(numbers | counts.keys()):
        # Without keeping the block, which takes more memory than all else.
        rows, words_of_block = _rebuild_block(number, postings=counts.get(number, 0), load=load)
        done += rows
        words.update(words_of_block)
        yield done
    write_words(words)
    missing = _missing(iter(keys))
    while batch := list(islice(missing, ROWS_PER_LOCK)):
        index_writer.update_rows(batch, load=load)
        done += len(batch)
        yield done


def _missing(keys: Iterator[DocumentKey]) -> Iterator[DocumentKey]:
    """Yield the keys that the index does not have."""
    while batch := list(islice(keys, ROWS_PER_LOCK)):
        indexed: set[DocumentKey] = set()
        for kind in {key.kind for key in batch}:
            rows = IndexEntry.objects.filter(kind=kind, object_id__in=[key.pk for key in batch if key.kind == kind])
            indexed.update(DocumentKey(kind, pk) for pk in rows.values_list("object_id", flat=True))
        yield from (key for key in batch if key not in indexed)


@dataclass(frozen=True)
class RebuiltBlock:
    """The contents of a block as computed from its rows."""

    # The version of the stored block; None if there is none.
    version: int | None
    entries: dict[DocumentKey, IndexEntry]
    documents: dict[DocumentKey, Document]
    readings: dict[DocumentKey, DocumentTerms]
    postings: dict[str, PostingBytes]
    columns: tuple[Array, Array]
    words: Mapping[str, int]
    # The terms that are stored with its entries.
    stored_terms: frozenset[str]

    @property
    def fingerprints(self) -> dict[DocumentKey, str]:
        return {key: document.fingerprint for key, document in self.documents.items()}


def _count_postings() -> dict[int, int]:
    """Return the number of postings of each block. The database only needs the primary key for it."""
    rows = Posting.objects.values_list("block").annotate(postings=Count("term")).order_by()
    return dict(rows)


def _rebuild_block(number: int, *, postings: int, load: LoadDocuments) -> tuple[int, Mapping[str, int]]:
    """Write the differences of a block, and return the number of its rows and its words. `postings` is the number of
    its stored postings: if its entries list another number of terms, stray postings are looked up and deleted."""
    block = _read_block(number, load=load)
    stray_terms = set() if len(block.stored_terms) == postings else _terms_in_block(number)
    with write_lock():
        if _is_outdated(block, number, load=load):
            # Somebody saved in the meantime.
            block = _read_block(number, load=load)
        index_writer.write_block(number, block.postings, old_terms=block.stored_terms | stray_terms)
        if block.documents:
            index_writer.write_columns(number, *block.columns)
        else:
            IndexBlock.objects.filter(number=number).delete()
        index_writer.write_entries(block.entries, block.readings, block.fingerprints)
        deleted = [entry.pk for key, entry in block.entries.items() if key not in block.documents]
        IndexEntry.objects.filter(pk__in=deleted).delete()
    return len(block.entries), block.words


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
    slots = {key: entries[key].pk % BLOCK_SIZE for key in documents}
    postings = reader.postings({slots[key]: reading for key, reading in readings.items()}) if readings else ()
    columns = np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    facets = index_writer.fill_block(columns, {slots[key]: (documents[key], readings[key]) for key in documents})
    return RebuiltBlock(
        version=version,
        entries=entries,
        documents=documents,
        readings=readings,
        postings={term: (posting_entries, places) for term, posting_entries, places in postings},
        columns=(columns, facets),
        words=reader.words(readings.values()),
        stored_terms=frozenset(term for entry in entries.values() for term in index_writer.terms_of(entry)),
    )
