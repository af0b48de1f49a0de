"""Reads many documents at once. What comes again and again, a word, is analysed once; the rest is counting."""

import threading
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from postportal.search import analysis
from postportal.search.backends.block_format import Array
from postportal.search.backends.postings import (
    FIELD_GAP,
    MAX_OCCURRENCES,
    MAX_PLACE,
    PLACE_DTYPE,
    POSTING_DTYPE,
    TITLE_WEIGHT,
    whole_title_term,
)
from postportal.search.documents import Document

# A word of the archive, for the question “did you mean”.
_MIN_WORD_LENGTH, _MAX_WORD_LENGTH = 3, 64
# Of the pieces that a reader remembers, where each counts as some characters more than it has: some 35 MB.
_MAX_CHARACTERS = 750_000
_PIECE_OVERHEAD = 8


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """A document as numbers: its pieces, field after field, with the width and the beginning of each field."""

    pieces: "array[int]"
    # For each field: how many pieces, where it begins, 1 for a text and 0 for a title.
    fields: list[tuple[int, int, int]]
    # The terms of its titles as wholes.
    wholes: list[int]
    length: int
    # Every term once, packed as `Entry.terms` has it.
    terms: bytes


class _PieceNumbers(dict[str, int]):
    """The number of each piece, noted when it is first met: looking up all pieces of a text is one call."""

    def __init__(self, note: Callable[[str], int]) -> None:
        self._note = note

    def __missing__(self, piece: str) -> int:
        number = self[piece] = self._note(piece)
        return number


_local = threading.local()


def get_reader() -> "DocumentReader":
    """The reader of this thread; a new one where it would remember too much."""
    kept: DocumentReader | None = getattr(_local, "reader", None)
    if kept is None or kept.is_full:
        kept = _local.reader = DocumentReader()
    return kept


class DocumentReader:
    """Reads documents. It only remembers what the analyser says, so that it can be kept from one batch to the next."""

    def __init__(self) -> None:
        self._terms: list[str] = []
        self._term_numbers: dict[str, int] = {}
        self._piece_numbers = _PieceNumbers(self._add_piece)
        # Of each piece: how many places it takes, how many terms it has, and the terms that a question asks for.
        self._widths = array("i")
        self._counts = array("i")
        self._asked: list[tuple[str, ...]] = []
        self._has: list[tuple[int, ...]] = []
        self._words: list[tuple[str, ...]] = []
        # Of all pieces one after another: the terms, and which of its places each takes.
        self._term_of = array("i")
        self._place_of = array("i")
        self._characters = 0

    @property
    def is_full(self) -> bool:
        return self._characters > _MAX_CHARACTERS

    def read(self, document: Document) -> DocumentTerms:
        pieces = array("i")
        fields: list[tuple[int, int, int]] = []
        wholes: list[int] = []
        place = length = 0
        for is_text, texts in enumerate((document.titles, document.texts)):
            for text in texts:
                here = list(map(self._piece_numbers.__getitem__, analysis.split_pieces(text)))
                width = sum(map(self._widths.__getitem__, here))
                pieces.extend(here)
                fields.append((len(here), place, is_text))
                if width and not is_text:
                    wholes.append(self._term(whole_title_term(term for piece in here for term in self._asked[piece])))
                length += width if is_text else TITLE_WEIGHT * width
                place += width + FIELD_GAP
        numbers = set(wholes).union(*map(self._has.__getitem__, set(pieces)))
        # Sorted, so that the same document is the same bytes, whatever was read before it.
        terms = zlib.compress("\n".join(sorted(map(self._terms.__getitem__, numbers))).encode(), 1) if numbers else b""
        return DocumentTerms(pieces, fields, wholes, length, terms)

    def words(self, readings: Iterable[DocumentTerms]) -> dict[str, int]:
        """The words of the readings as they are written, small, with how often they stand in titles."""
        titles: Counter[int] = Counter()
        pieces: set[int] = set()
        for each in readings:
            pieces.update(each.pieces)
            titles.update(each.pieces[: sum(count for count, _, is_text in each.fields if not is_text)])
        found = dict.fromkeys((word for piece in pieces for word in self._words[piece]), 0)
        for piece, often in titles.items():
            for word in self._words[piece]:
                found[word] += often
        return found

    def postings(self, readings: Mapping[int, DocumentTerms]) -> Iterator[tuple[str, bytes, bytes]]:
        """For each term that one of the readings has, by its place in the block: the bytes of a posting."""
        terms, entries, is_text, places = self._expand(dict(sorted(readings.items())))
        if not len(terms):
            return
        key = (terms.astype(np.int64) * 2**16 + entries) * 2 + is_text
        order = np.argsort(key, kind="stable")
        key = key[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        counts = np.diff(first, append=len(key))
        rank = np.arange(len(key)) - np.repeat(first, counts)
        kept = places[order][rank < MAX_OCCURRENCES].astype(PLACE_DTYPE).tobytes()
        counts = np.minimum(counts, MAX_OCCURRENCES)
        yield from self._split_postings(key[first], counts, kept)

    def _split_postings(self, keys: Array, counts: Array, places: bytes) -> Iterator[tuple[str, bytes, bytes]]:
        """`keys` has each term, entry and field once, with how often the term stands there."""
        pairs = keys // 2
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        rows = np.empty(len(first), dtype=POSTING_DTYPE)
        rows["entry"] = pairs[first] % 2**16
        rows["title"] = np.add.reduceat(np.where(keys % 2 == 0, counts, 0), first)
        rows["text"] = np.add.reduceat(np.where(keys % 2 == 1, counts, 0), first)
        terms = pairs[first] // 2**16
        starts = np.flatnonzero(np.diff(terms, prepend=-1))
        sizes = np.cumsum(rows["title"].astype(np.int64) + rows["text"]) * PLACE_DTYPE.itemsize
        entries = rows.tobytes()
        ends = np.append(starts[1:], len(rows))
        row_cuts = (ends * POSTING_DTYPE.itemsize).tolist()
        place_cuts = sizes[ends - 1].tolist()
        row, place = 0, 0
        for term, row_end, place_end in zip(terms[starts].tolist(), row_cuts, place_cuts, strict=True):
            yield self._terms[term], entries[row:row_end], places[place:place_end]
            row, place = row_end, place_end

    def _expand(self, readings: Mapping[int, DocumentTerms]) -> tuple[Array, Array, Array, Array]:
        """Every term that stands anywhere: its number, the entry, whether in a text, and the place."""
        pieces = np.concatenate([np.frombuffer(each.pieces, dtype=np.int32) for each in readings.values()])
        fields = np.array([f for each in readings.values() for f in each.fields], dtype=np.int32).reshape(-1, 3)
        owners = np.repeat(np.array(list(readings), dtype=np.int32), [len(each.fields) for each in readings.values()])
        widths, counts = np.array(self._widths)[pieces], np.array(self._counts)
        # Where each piece begins: in its field, and then in its document.
        ends = np.cumsum(widths, dtype=np.int32)
        heads = np.cumsum(fields[:, 0], dtype=np.int32) - fields[:, 0]
        before = np.append(np.int32(0), ends)[heads]
        starts = ends - widths + np.repeat(fields[:, 1] - before, fields[:, 0])
        many = counts[pieces]
        of_piece = np.append(np.int32(0), np.cumsum(counts, dtype=np.int32))[pieces]
        which = np.repeat(of_piece - (np.cumsum(many, dtype=np.int32) - many), many)
        which += np.arange(len(which), dtype=np.int32)
        places = np.repeat(starts, many) + np.array(self._place_of)[which]
        entries = np.repeat(np.repeat(owners, fields[:, 0]), many)
        is_text = np.repeat(np.repeat(fields[:, 2], fields[:, 0]), many)
        terms = np.array(self._term_of)[which]
        wholes = [(term, place) for place, each in readings.items() for term in each.wholes]
        names, holders = np.array(wholes, dtype=np.int32).reshape(-1, 2).T
        nothing = np.zeros(len(wholes), dtype=np.int32)
        return (
            np.concatenate([terms, names]),
            np.concatenate([entries, holders]),
            np.concatenate([is_text, nothing]),
            np.minimum(np.concatenate([places, nothing]), MAX_PLACE),
        )

    def _add_piece(self, text: str) -> int:
        tokens = analysis.tokenize_piece(text)
        terms = tuple([self._term(token.term) for token in tokens])
        self._characters += _PIECE_OVERHEAD + len(text)
        self._widths.append(tokens[-1].place + 1 if tokens else 0)
        self._counts.append(len(tokens))
        self._asked.append(tuple([token.term for token in tokens if not token.is_extra]))
        self._has.append(terms)
        self._words.append(_written_words(text, tokens))
        self._term_of.extend(terms)
        self._place_of.extend([token.place for token in tokens])
        return len(self._widths) - 1

    def _term(self, term: str) -> int:
        number = self._term_numbers.setdefault(term, len(self._terms))
        if number == len(self._terms):
            self._terms.append(term)
        return number


def _written_words(text: str, tokens: Iterable[analysis.Token]) -> tuple[str, ...]:
    """The words of the tokens as they are written, small; Chinese has no such words."""
    if analysis.starts_with_chinese(text):
        return ()
    return tuple(filter(_is_word, [analysis.fold(text[token.start : token.end]) for token in tokens]))


def _is_word(text: str) -> bool:
    return _MIN_WORD_LENGTH <= len(text) <= _MAX_WORD_LENGTH and text.isascii() and text.isalpha()
