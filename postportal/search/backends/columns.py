"""What is known of the entries, column by column, and kept in the process as long as nothing changes."""

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

# What is new counts a little more: this much today, half of it after as many days.
FRESHNESS_BOOST, FRESHNESS_HALF_LIFE_DAYS = 0.2, 180
# Of so many entries one is chosen where looking at all pairs takes as long as looking for those of the chosen.
SPARSE_FACTOR = 6


Versions = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class BlockColumns:
    """A block as it was read. The pairs of each facet, by its code: entries of this block, and their values."""

    version: int
    entries: Array
    pairs: dict[int, tuple[Array, Array]]

    @classmethod
    def read(cls, block: IndexBlock) -> Self:
        rows = read_facets(block)
        pairs = {}
        for facet in np.unique(rows["facet"]).tolist():
            mine = rows[rows["facet"] == facet]
            mine = mine[np.argsort(mine["entry"], kind="stable")]
            pairs[facet] = (mine["entry"].astype(np.int64), np.ascontiguousarray(mine["value"]))
        return cls(block.version, read_entries(block), pairs)


class Columns:
    """Every entry of the index, block after block. Each column is put together when it is first asked for."""

    def __init__(self, parts: dict[int, BlockColumns]) -> None:
        self.blocks = dict(sorted(parts.items()))
        # Where each block begins in the columns.
        self.starts = {number: n * BLOCK_SIZE for n, number in enumerate(self.blocks)}
        self._kind_masks: dict[frozenset[str], Array] = {}
        self._pairs: dict[str, tuple[Array, Array, Array]] = {}
        self._rows: dict[str, tuple[Array, Array]] = {}
        self.versions: Versions = tuple((number, part.version) for number, part in self.blocks.items())
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
        found: Array = self.kind != 0
        return found

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.is_used))

    @cached_property
    def relative_length(self) -> Array:
        """How long each entry is, where 1 is the average."""
        lengths = self._column("length")
        average = lengths[self.is_used].mean() if self.count else 1
        found: Array = lengths / max(average, 1e-9)
        return found

    @cached_property
    def year(self) -> Array:
        """The year of each entry, 0 where it has no date."""
        years = self.day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        found: Array = np.where(self.day == NO_DAY, 0, years)
        return found

    def freshness(self, today: dt.date) -> Array:
        """What the score of each entry is multiplied by; kept for a day."""
        day, kept = self._freshness
        if day != today:
            age = np.maximum(day_number(today) - self.day, 0)
            kept = np.where(self.day == NO_DAY, 1.0, 1 + FRESHNESS_BOOST * 2.0 ** (-age / FRESHNESS_HALF_LIFE_DAYS))
            self._freshness = (today, kept)
        return kept

    def kind_mask(self, kinds: frozenset[str]) -> Array:
        """True for the entries of these kinds."""
        if kinds not in self._kind_masks:
            self._kind_masks[kinds] = np.isin(self.kind, [name_code(kind) for kind in kinds])
        return self._kind_masks[kinds]

    def places(self, kind: str, pks: Collection[int]) -> Array:
        """Where the rows stand that are in the index."""
        sorted_pks, places = self._by_pk(kind)
        wanted = np.fromiter(pks, dtype=np.int64)
        found = np.searchsorted(sorted_pks, wanted)
        is_in = found < len(sorted_pks)
        found, wanted = found[is_in], wanted[is_in]
        here: Array = places[found[sorted_pks[found] == wanted]]
        return here

    def mask_with_values(self, facet: str, values: Collection[int | str]) -> Array:
        """True for the entries with one of these values of a facet."""
        entries, numbers, _ = self._pairs_of(facet)
        has = np.zeros(len(self), dtype=bool)
        has[entries[np.isin(numbers, list(values))]] = True
        return has

    def values(self, facet: str, chosen: Array) -> Array:
        """Every value of a facet that one of the `chosen` entries has, as often as it stands there."""
        entries, values, starts = self._pairs_of(facet)
        if np.count_nonzero(chosen) * SPARSE_FACTOR > len(self):
            mine: Array = values[chosen[entries]]
            return mine
        # Few are chosen: only their own pairs are looked at.
        places = np.flatnonzero(chosen)
        first, each = starts[places], starts[places + 1] - starts[places]
        own: Array = values[np.repeat(first - (np.cumsum(each) - each), each) + np.arange(each.sum())]
        return own

    def _pairs_of(self, facet: str) -> tuple[Array, Array, Array]:
        """The entries and values of the pairs of a facet, by entry, and where those of each entry begin."""
        if facet not in self._pairs:
            nothing = np.empty(0, dtype=np.int64)
            found = [(self.starts[number], part.pairs.get(name_code(facet))) for number, part in self.blocks.items()]
            entries = np.concatenate([nothing, *(pairs[0] + start for start, pairs in found if pairs)])
            values = np.concatenate([nothing, *(pairs[1] for _, pairs in found if pairs)])
            starts = np.append(0, np.cumsum(np.bincount(entries, minlength=len(self))))
            self._pairs[facet] = (entries, values, starts)
        return self._pairs[facet]

    def _by_pk(self, kind: str) -> tuple[Array, Array]:
        """The rows of a kind in the order of their keys, and where they stand."""
        if kind not in self._rows:
            places = np.flatnonzero(self.kind == name_code(kind))
            order = np.argsort(self.pk[places], kind="stable")
            self._rows[kind] = (self.pk[places][order], places[order])
        return self._rows[kind]

    def _column(self, name: str) -> Array:
        parts = [part.entries[name] for part in self.blocks.values()]
        return np.concatenate(parts) if parts else np.empty(0, dtype=ENTRY_DTYPE[name])


_cached = Columns({})


def current_columns() -> Columns:
    """The columns as they are now. Only blocks that changed since this process read them are read again. Threads may
    read at the same time: what is kept is never changed, only replaced as a whole."""
    global _cached  # noqa: PLW0603 - one cache for each process
    versions: Versions = tuple(IndexBlock.objects.order_by("number").values_list("number", "version"))
    kept = _cached
    if kept.versions == versions:
        return kept
    parts = {
        number: kept.blocks[number]
        for number, version in versions
        if number in kept.blocks and kept.blocks[number].version == version
    }
    for block in IndexBlock.objects.filter(number__in=[number for number, _ in versions if number not in parts]):
        parts[block.number] = BlockColumns.read(block)
    _cached = Columns(parts)
    return _cached
