"""Read postings: the entries of a term in all blocks."""

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
    """Entries in ascending order, and how often each has a term in its titles and its texts."""

    entries: Array
    title: Array
    text: Array


def merge_counts(parts: Sequence[TermCounts]) -> TermCounts:
    """Add up the counts of several terms as if they were one."""
    if len(parts) == 1:
        return parts[0]
    entries, places = np.unique(np.concatenate([part.entries for part in parts]), return_inverse=True)
    title, text = (np.bincount(places, np.concatenate(columns)) for columns in list(zip(*parts, strict=True))[1:])
    return TermCounts(entries, title, text)


class TermPostings:
    """The entries that have a term, with counts and places."""

    def __init__(self, parts: list[tuple[int, bytes, bytes]]) -> None:
        parts.sort(key=itemgetter(0))
        starts, entries, places = zip(*parts, strict=True)
        rows = np.frombuffer(b"".join(entries), dtype=POSTING_DTYPE)
        counts = np.fromiter(map(len, entries), dtype=np.int64) // POSTING_DTYPE.itemsize
        self.entries: Array = rows["entry"] + np.repeat(np.array(starts, dtype=np.int64), counts)
        self.title: Array = np.ascontiguousarray(rows["title"])
        self.text: Array = np.ascontiguousarray(rows["text"])
        self._places: tuple[bytes, ...] = places

    @property
    def counts(self) -> TermCounts:
        return TermCounts(self.entries, self.title, self.text)

    @cached_property
    def all_places(self) -> Array:
        """All occurrences of the term in ascending order, each as one number: entry * 2**16 + place."""
        counts = self.title.astype(np.int64) + self.text
        places = np.frombuffer(b"".join(self._places), dtype=PLACE_DTYPE)
        return np.unique((np.repeat(self.entries, counts) << 16) + places)


def load_postings(terms: Collection[str], columns: Columns, *, with_places: bool) -> dict[str, TermPostings]:
    """Load the postings of the terms with one query. Places are only needed to match phrases."""
    fields = ("term", "block", "entries", "places") if with_places else ("term", "block", "entries")
    # Unsorted: sorting such long rows is expensive for the database.
    rows = Posting.objects.filter(term__in=terms).values_list(*fields).order_by()
    parts: dict[str, list[tuple[int, bytes, bytes]]] = defaultdict(list)
    for term, block, entries, *places in rows:
        # A block that was added after the columns were read is left to the next search.
        if block in columns.starts:
            parts[term].append((columns.starts[block], bytes(entries), bytes(places[0]) if places else b""))
    return {term: TermPostings(part) for term, part in parts.items()}
