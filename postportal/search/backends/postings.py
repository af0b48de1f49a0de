"""The form in which a block says which of its entries have a term."""

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from postportal.search import analysis
from postportal.search.documents import Document

# The entry in its block, and how often it has the term in its titles and in its texts.
ENTRY = np.dtype([("entry", "<u2"), ("title", "u1"), ("text", "u1")])
PLACE = np.dtype("<u2")
_pack = struct.Struct("<HBB").pack
MOST = 255
LAST_PLACE = 65_535
# Between two fields, so that no phrase reaches from one into the next.
GAP = 50
TITLE_WEIGHT = 2
WHOLE = "="


def whole(terms: Iterable[str]) -> str:
    """The term of a title as a whole."""
    return (WHOLE + " ".join(terms))[:80]


class Occurrences:
    """How often a document has each term, and where."""

    def __init__(self, document: Document) -> None:
        self.in_titles: dict[str, array[int]] = defaultdict(lambda: array("H"))
        self.in_texts: dict[str, array[int]] = defaultdict(lambda: array("H"))
        self.words: set[str] = set()
        place = 0
        title_words = 0
        for title in document.titles:
            start = place
            place = self._read(title, into=self.in_titles, place=place)
            title_words += place - start
            if place > start:
                self.in_titles[whole(analysis.terms(title))].append(0)
            place += GAP
        text_start, gaps = place, 0
        for text in document.texts:
            place = self._read(text, into=self.in_texts, place=place) + GAP
            gaps += GAP
        self.length = TITLE_WEIGHT * title_words + place - text_start - gaps

    def _read(self, text: str, *, into: dict[str, "array[int]"], place: int) -> int:
        """Note the tokens of a field that begins at `place`; return where the next may begin."""
        end = place
        for token in analysis.tokens(text):
            places = into[token.term]
            if len(places) < MOST:
                places.append(min(place + token.place, LAST_PLACE))
            end = place + token.place + 1
            word = text[token.start : token.end]
            if len(word) > 2 and word.isalpha() and word.isascii():
                self.words.add(word.casefold())
        return end

    def rows(self, entry: int) -> dict[str, tuple[bytes, bytes]]:
        """For each term, the bytes of this entry in a posting."""
        found = {}
        for term in self.in_titles.keys() | self.in_texts.keys():
            title, text = self.in_titles.get(term), self.in_texts.get(term)
            counts = _pack(entry, len(title) if title else 0, len(text) if text else 0)
            found[term] = (counts, (title.tobytes() if title else b"") + (text.tobytes() if text else b""))
        return found


def without(entries: bytes, places: bytes, *, gone: Collection[int]) -> tuple[bytes, bytes]:
    """The posting without the entries that are gone."""
    rows = np.frombuffer(entries, dtype=ENTRY)
    stays = ~np.isin(rows["entry"], list(gone))
    each = rows["title"].astype(np.int64) + rows["text"]
    kept = np.frombuffer(places, dtype=PLACE)[np.repeat(stays, each)]
    return rows[stays].tobytes(), kept.tobytes()


def in_order(entries: bytes, places: bytes) -> tuple[bytes, bytes]:
    """The posting with its entries by number, as all readers expect it."""
    rows = np.frombuffer(entries, dtype=ENTRY)
    if len(rows) < 2 or (np.diff(rows["entry"].astype(np.int64)) > 0).all():
        return entries, places
    order = np.argsort(rows["entry"], kind="stable")
    each = rows["title"].astype(np.int64) + rows["text"]
    starts = np.cumsum(each) - each
    parts = np.frombuffer(places, dtype=PLACE)
    kept = np.concatenate([parts[starts[n] : starts[n] + each[n]] for n in order])
    return rows[order].tobytes(), kept.tobytes()
