"""Reads postings: for each term, its entries in all blocks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from postportal.search.backends.block_format import Array
from postportal.search.backends.columns import Columns
from postportal.search.backends.postings import PLACE_DTYPE, POSTING_DTYPE
from postportal.search.models import Posting


class TermCounts(NamedTuple):
    """Entries by their place in the columns, each once and in this order, and how often they have something."""

    entries: Array
    title: Array
    text: Array


def merge_counts(parts: Sequence[TermCounts]) -> TermCounts:
    """Who has any of several things, as if they were one."""
    if len(parts) == 1:
        return parts[0]
    entries, places = np.unique(np.concatenate([part.entries for part in parts]), return_inverse=True)
    title, text = (np.bincount(places, np.concatenate(columns)) for columns in list(zip(*parts, strict=True))[1:])
    return TermCounts(entries, title, text)


class TermPostings:
    """The entries that have a term, by their place in the columns, and how often."""

    def __init__(self, parts: list[tuple[int, bytes, bytes]]) -> None:
        parts.sort(key=itemgetter(0))
        starts, entries, places = zip(*parts, strict=True)
        rows = np.frombuffer(b"".join(entries), dtype=POSTING_DTYPE)
        each = np.fromiter(map(len, entries), dtype=np.int64) // POSTING_DTYPE.itemsize
        self.entries: Array = rows["entry"] + np.repeat(np.array(starts, dtype=np.int64), each)
        self.title: Array = np.ascontiguousarray(rows["title"])
        self.text: Array = np.ascontiguousarray(rows["text"])
        self._places: tuple[bytes, ...] = places

    @property
    def counts(self) -> TermCounts:
        return TermCounts(self.entries, self.title, self.text)

    @cached_property
    def all_places(self) -> Array:
        """Every place where the term stands, of all entries, as one number each."""
        each = self.title.astype(np.int64) + self.text
        places = np.frombuffer(b"".join(self._places), dtype=PLACE_DTYPE)
        return np.unique((np.repeat(self.entries, each) << 16) + places)


def load_postings(terms: Collection[str], here: Columns, *, with_places: bool) -> dict[str, TermPostings]:
    """Read these terms in one query; where they stand only if it matters."""
    columns = ("term", "block", "entries", "places") if with_places else ("term", "block", "entries")
    # They come in no order: for the database they would be long rows to sort.
    rows = Posting.objects.filter(term__in=terms).values_list(*columns).order_by()
    parts: dict[str, list[tuple[int, bytes, bytes]]] = defaultdict(list)
    for term, block, entries, *places in rows:
        # A block that was written since the columns were read is for the next search.
        if block in here.starts:
            parts[term].append((here.starts[block], bytes(entries), bytes(places[0]) if places else b""))
    return {term: TermPostings(part) for term, part in parts.items()}
