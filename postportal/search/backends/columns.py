"""The columns of the index, cached in the process until a block changes."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from postportal.search.backends.block_format import (
    BLOCK_SIZE,
    ENTRY_DTYPE,
    NO_DAY,
    Array,
    day_number,
    name_code,
    read_entries,
    read_facets,
)
from postportal.search.models import IndexBlock

# The score of a new entry is raised by this share, and by half of it after so many days.
FRESHNESS_BOOST, FRESHNESS_HALF_LIFE_DAYS = 0.2, 180
# If fewer than one in so many entries is selected, looking up their facet pairs is faster than filtering all pairs.
SPARSE_FACTOR = 6

Versions = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class BlockColumns:
    """The columns of one block. `pairs` maps the code of a facet to entries of the block and the values they have."""

    version: int
    entries: Array
    pairs: dict[int, tuple[Array, Array]]

    @classmethod
    def read(cls, block: IndexBlock) -> Self:
        rows = read_facets(block)
        pairs = {}
        for facet in np.unique(rows["facet"]).tolist():
            of_facet = rows[rows["facet"] == facet]
            of_facet = of_facet[np.argsort(of_facet["entry"], kind="stable")]
            pairs[facet] = (of_facet["entry"].astype(np.int64), np.ascontiguousarray(of_facet["value"]))
        return cls(block.version, read_entries(block), pairs)


class Columns:
    """All entries of the index, block after block. Each column is built on first use."""

    def __init__(self, blocks: dict[int, BlockColumns]) -> None:
        self.blocks = dict(sorted(blocks.items()))
        # The index of the first entry of each block.
        self.starts = {number: n * BLOCK_SIZE for n, number in enumerate(self.blocks)}
        self._kind_masks: dict[frozenset[str], Array] = {}
        self._pairs: dict[str, tuple[Array, Array, Array]] = {}
        self._rows: dict[str, tuple[Array, Array]] = {}
        self.versions: Versions = tuple((number, block.version) for number, block in self.blocks.items())
        self._freshness: tuple[dt.date | None, Array] = (None, np.empty(0))

    def __len__(self) -> int:
        return len(self.blocks) * BLOCK_SIZE

    @cached_property
    def pk(self) -> Array:
        return self._column("pk")

    @cached_property
    def kind(self) -> Array:
        return self._column("kind")

    @cached_property
    def language(self) -> Array:
        return self._column("language")

    @cached_property
    def day(self) -> Array:
        return self._column("day").astype(np.int64)

    @cached_property
    def is_used(self) -> Array:
        used: Array = self.kind != 0
        return used

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.is_used))

    @cached_property
    def relative_length(self) -> Array:
        """The length of each entry as a multiple of the average of its kind: an article is long only among articles."""
        lengths = self._column("length").astype(np.float64)
        relative = np.zeros(len(self))
        remaining = self.is_used.copy()
        while remaining.any():
            of_kind = self.kind == self.kind[np.argmax(remaining)]
            relative[of_kind] = lengths[of_kind] / max(lengths[of_kind].mean(), 1e-9)
            remaining &= ~of_kind
        return relative

    @cached_property
    def year(self) -> Array:
        """The year of each entry; 0 if it has no date."""
        years = self.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        known: Array = np.where(self.day == NO_DAY, 0, years)
        return known

    def freshness(self, today: dt.date) -> Array:
        """Return the factor for the score of each entry, cached for a day."""
        day, factors = self._freshness
        if day != today:
            age = np.maximum(day_number(today) - self.day, 0)
            factors = np.where(self.day == NO_DAY, 1.0, 1 + FRESHNESS_BOOST * 2.0 ** (-age / FRESHNESS_HALF_LIFE_DAYS))
            self._freshness = (today, factors)
        return factors

    def kind_mask(self, kinds: frozenset[str]) -> Array:
        """Return a mask of the entries of these kinds."""
        if kinds not in self._kind_masks:
            self._kind_masks[kinds] = np.isin(self.kind, [name_code(kind) for kind in kinds])
        return self._kind_masks[kinds]

    def find_entries(self, kind: str, pks: Collection[int]) -> Array:
        """Return the entries of the rows that are in the index."""
        sorted_pks, entries = self._by_pk(kind)
        wanted = np.fromiter(pks, dtype=np.int64)
        ranks = np.searchsorted(sorted_pks, wanted)
        in_range = ranks < len(sorted_pks)
        ranks, wanted = ranks[in_range], wanted[in_range]
        found: Array = entries[ranks[sorted_pks[ranks] == wanted]]
        return found

    def mask_with_values(self, facet: str, values: Collection[int | str]) -> Array:
        """Return a mask of the entries with one of these values of a facet."""
        entries, pair_values, _ = self._pairs_of(facet)
        mask = np.zeros(len(self), dtype=bool)
        mask[entries[np.isin(pair_values, list(values))]] = True
        return mask

    def values(self, facet: str, selected: Array) -> Array:
        """Return the values of a facet that the entries of the mask `selected` have, once for each entry."""
        entries, values, starts = self._pairs_of(facet)
        if np.count_nonzero(selected) * SPARSE_FACTOR > len(self):
            filtered: Array = values[selected[entries]]
            return filtered
        # Few entries are selected: look up only their pairs.
        places = np.flatnonzero(selected)
        first, counts = starts[places], starts[places + 1] - starts[places]
        looked_up: Array = values[np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())]
        return looked_up

    def _pairs_of(self, facet: str) -> tuple[Array, Array, Array]:
        """Return the entries and values of the pairs of a facet, sorted by entry, and the first pair of each entry."""
        if facet not in self._pairs:
            empty = np.empty(0, dtype=np.int64)
            found = [(self.starts[number], block.pairs.get(name_code(facet))) for number, block in self.blocks.items()]
            entries = np.concatenate([empty, *(pairs[0] + start for start, pairs in found if pairs)])
            values = np.concatenate([empty, *(pairs[1] for _, pairs in found if pairs)])
            starts = np.append(0, np.cumsum(np.bincount(entries, minlength=len(self))))
            self._pairs[facet] = (entries, values, starts)
        return self._pairs[facet]

    def _by_pk(self, kind: str) -> tuple[Array, Array]:
        """Return the primary keys of a kind in ascending order, and their entries."""
        if kind not in self._rows:
            entries = np.flatnonzero(self.kind == name_code(kind))
            order = np.argsort(self.pk[entries], kind="stable")
            self._rows[kind] = (self.pk[entries][order], entries[order])
        return self._rows[kind]

    def _column(self, name: str) -> Array:
        parts = [block.entries[name] for block in self.blocks.values()]
        return np.concatenate(parts) if parts else np.empty(0, dtype=ENTRY_DTYPE[name])


_cached = Columns({})


def current_columns() -> Columns:
    """Return the current columns, reading only blocks that changed since this process last read them. Safe for threads:
    cached columns are never changed, only replaced as a whole."""
    global _cached  # noqa: PLW0603 - one cache for each process
    versions: Versions = tuple(IndexBlock.objects.order_by("number").values_list("number", "version"))
    cached = _cached
    if cached.versions == versions:
        return cached
    blocks = {
        number: cached.blocks[number]
        for number, version in versions
        if number in cached.blocks and cached.blocks[number].version == version
    }
    for block in IndexBlock.objects.filter(number__in=[number for number, _ in versions if number not in blocks]):
        blocks[block.number] = BlockColumns.read(block)
    _cached = Columns(blocks)
    return _cached
