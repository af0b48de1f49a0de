"""Turn documents into postings, many at a time. Each distinct word is analysed once; the rest is counting."""

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

# The length of words that are stored for corrections and suggestions.
_MIN_WORD_LENGTH, _MAX_WORD_LENGTH = 3, 64
# The limit for pieces cached by a reader, about 70 MB. Each counts as its characters and an overhead.
_MAX_CHARACTERS = 1_500_000
_PIECE_OVERHEAD = 8


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The content of a document as numbers of a DocumentReader."""

    # The pieces of all fields, one field after the other.
    pieces: "array[int]"
    # For each field: its number of pieces, its first place, and 1 for a text or 0 for a title.
    fields: list[tuple[int, int, int]]
    # The terms that stand for whole titles.
    whole_titles: list[int]
    length: int
    # All distinct terms, packed as in `IndexEntry.terms`.
    terms: bytes


class _PieceNumbers(dict[str, int]):
    """The number of each piece, assigned on first use, so that all pieces of a text are looked up with one `map`."""

    def __init__(self, add_piece: Callable[[str], int]) -> None:
        self._add_piece = add_piece

    def __missing__(self, piece: str) -> int:
        plain = analysis.plain_form(piece)
        number = self[piece] = self[plain] if plain != piece else self._add_piece(piece)
        return number


class _TermNumbers(dict[str, int]):
    """The number of each term, assigned on first use, and the terms by number."""

    def __init__(self) -> None:
        self.terms: list[str] = []

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self.terms)
        self.terms.append(term)
        return number


_local = threading.local()


def get_reader() -> "DocumentReader":
    """Return the reader of this thread, or a new one if its cache is full."""
    reader: DocumentReader | None = getattr(_local, "reader", None)
    if reader is None or reader.is_full:
        reader = _local.reader = DocumentReader()
    return reader


class DocumentReader:
    """Turn documents into terms and postings. It caches only the results of the analyser, so that it can be reused for
    the next batch."""

    def __init__(self) -> None:
        self._term_numbers = _TermNumbers()
        self._terms = self._term_numbers.terms
        self._piece_numbers = _PieceNumbers(self._add_piece)
        # For each piece: its number of places and of terms, where these begin in `_all_terms`, and its words.
        self._widths = array("i")
        self._counts = array("i")
        self._first_terms = array("i")
        self._words: list[tuple[str, ...]] = []
        # The terms of all pieces, one piece after the other, and the place of each within its piece.
        self._all_terms = array("i")
        self._all_places = array("i")
        self._characters = 0

    @property
    def is_full(self) -> bool:
        return self._characters > _MAX_CHARACTERS

    def read(self, document: Document) -> DocumentTerms:
        """Analyse the titles and texts of a document."""
        pieces = array("i")
        fields: list[tuple[int, int, int]] = []
        whole_titles: list[str] = []
        place = length = 0
        for is_text, texts in enumerate((document.titles, document.texts)):
            for text in texts:
                numbers = array("i", map(self._piece_numbers.__getitem__, analysis.split_pieces(text)))
                width = int(_view(self._widths)[_view(numbers)].sum())
                pieces.extend(numbers)
                fields.append((len(numbers), place, is_text))
                if width and not is_text:
                    whole_titles.append(whole_title_term(analysis.to_terms(text)))
                length += width if is_text else TITLE_WEIGHT * width
                place += width + FIELD_GAP
        term_numbers = np.unique(_view(self._all_terms)[self._occurrences(np.unique(_view(pieces)))])
        distinct = [*set(whole_titles), *map(self._terms.__getitem__, term_numbers.tolist())]
        # Sorted, so that a document always has the same bytes, whatever was read before it.
        packed = zlib.compress("\n".join(sorted(distinct)).encode(), 1) if distinct else b""
        return DocumentTerms(
            pieces, fields, list(map(self._term_numbers.__getitem__, whole_titles)), length, terms=packed
        )

    def words(self, readings: Iterable[DocumentTerms]) -> dict[str, int]:
        """Return the words of the documents in lower case, with their number of occurrences in titles."""
        pieces_in_titles: Counter[int] = Counter()
        pieces: set[int] = set()
        for reading in readings:
            pieces.update(reading.pieces)
            title_pieces = sum(count for count, _, is_text in reading.fields if not is_text)
            pieces_in_titles.update(reading.pieces[:title_pieces])
        counts = dict.fromkeys((word for piece in pieces for word in self._words[piece]), 0)
        for piece, count in pieces_in_titles.items():
            for word in self._words[piece]:
                counts[word] += count
        return counts

    def postings(self, readings: Mapping[int, DocumentTerms]) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield term, entries and places of a posting for each term of the documents, which are given by their slot in
        the block."""
        keys = self._expand(dict(sorted(readings.items())))
        if not len(keys):
            return
        # Sorted in place: these are the largest arrays of an import.
        keys.sort()
        places = (keys % 2**16).astype(PLACE_DTYPE)
        keys >>= 16
        first = _first_of_equal(keys)
        counts = np.diff(first, append=len(keys))
        if counts.max() > MAX_OCCURRENCES:
            rank = np.arange(len(keys)) - np.repeat(first, counts)
            places, counts = places[rank < MAX_OCCURRENCES], np.minimum(counts, MAX_OCCURRENCES)
        keys, stored_places = keys[first], places.tobytes()
        del first, places
        yield from self._split_postings(keys, counts, stored_places)

    def _split_postings(self, keys: Array, counts: Array, places: bytes) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield the postings of all terms. `keys` has each combination of term, entry and field once; `counts` has the
        number of occurrences of each."""
        pairs = keys // 2
        first = _first_of_equal(pairs)
        rows = np.empty(len(first), dtype=POSTING_DTYPE)
        rows["entry"] = pairs[first] % 2**16
        rows["title"] = np.add.reduceat(np.where(keys % 2 == 0, counts, 0), first)
        rows["text"] = np.add.reduceat(np.where(keys % 2 == 1, counts, 0), first)
        terms = pairs[first] // 2**16
        starts = _first_of_equal(terms)
        sizes = np.cumsum(rows["title"].astype(np.int64) + rows["text"]) * PLACE_DTYPE.itemsize
        entries = rows.tobytes()
        ends = np.append(starts[1:], len(rows))
        row_cuts = (ends * POSTING_DTYPE.itemsize).tolist()
        place_cuts = sizes[ends - 1].tolist()
        row, place = 0, 0
        for term, row_end, place_end in zip(terms[starts].tolist(), row_cuts, place_cuts, strict=True):
            yield self._terms[term], entries[row:row_end], places[place:place_end]
            row, place = row_end, place_end

    def _expand(self, readings: Mapping[int, DocumentTerms]) -> Array:
        """Return every occurrence of a term as one number, by which they are sorted: the numbers of term (26 bits) and
        entry (16), 1 for a text or 0 for a title, and the place (16)."""
        pieces = np.concatenate([np.frombuffer(reading.pieces, dtype=np.int32) for reading in readings.values()])
        fields = np.array([row for reading in readings.values() for row in reading.fields], dtype=np.int32)
        pieces_of_field, first_places, field_is_text = fields.reshape(-1, 3).T
        fields_of_entry = [len(reading.fields) for reading in readings.values()]
        entry_of_field = np.repeat(np.array(list(readings), dtype=np.int32), fields_of_entry)
        widths, terms_of_piece = _view(self._widths)[pieces], _view(self._counts)[pieces]
        # The first place of each piece: counted over all pieces, then moved to its field.
        ends = np.cumsum(widths, dtype=np.int32)
        first_pieces = np.cumsum(pieces_of_field, dtype=np.int32) - pieces_of_field
        places_before = np.append(np.int32(0), ends)[first_pieces]
        starts = ends - widths + np.repeat(first_places - places_before, pieces_of_field)
        which = self._occurrences(pieces)
        places = np.repeat(starts, terms_of_piece)
        places += _view(self._all_places)[which]
        keys = _view(self._all_terms)[which].astype(np.int64)
        del which
        keys *= 2**16
        keys += np.repeat(np.repeat(entry_of_field, pieces_of_field), terms_of_piece)
        keys *= 2
        keys += np.repeat(np.repeat(field_is_text, pieces_of_field), terms_of_piece)
        keys *= 2**16
        keys += np.minimum(places, MAX_PLACE, out=places)
        titles = [(term * 2**16 + slot) * 2**17 for slot, reading in readings.items() for term in reading.whole_titles]
        return np.concatenate([keys, np.array(titles, dtype=np.int64)])

    def _occurrences(self, pieces: Array) -> Array:
        """Return the places in `_all_terms` of the terms of these pieces, one piece after the other."""
        counts = _view(self._counts)[pieces]
        ends = np.cumsum(counts, dtype=np.int32)
        places = np.repeat(_view(self._first_terms)[pieces] - (ends - counts), counts)
        places += np.arange(len(places), dtype=np.int32)
        return places

    def _add_piece(self, text: str) -> int:
        terms, words = analysis.read_piece(text)
        self._characters += _PIECE_OVERHEAD + len(text)
        self._widths.append(terms[-1][1] + 1 if terms else 0)
        self._counts.append(len(terms))
        self._first_terms.append(len(self._all_terms))
        self._words.append(tuple(filter(_is_word, words)) if words else ())
        for term, place in terms:
            # Most terms are the piece itself: kept once.
            self._all_terms.append(self._term_numbers[text if term == text else term])
            self._all_places.append(place)
        return len(self._widths) - 1


def _first_of_equal(values: Array) -> Array:
    """Return where each run of equal values begins."""
    is_first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def _view(numbers: "array[int]") -> Array:
    """Return the numbers without copying them. No reference must be kept: the array cannot grow meanwhile."""
    return np.frombuffer(numbers, dtype=np.int32)


def _is_word(text: str) -> bool:
    return _MIN_WORD_LENGTH <= len(text) <= _MAX_WORD_LENGTH and text.isascii() and text.isalpha()
