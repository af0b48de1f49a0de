"""What is known of the entries, column by column, and kept in the process as long as nothing changes."""

import datetime as dt
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from postportal.search.models import Block

SIZE = 2048
ENTRY = np.dtype([("pk", "<i8"), ("kind", "<u4"), ("language", "<u4"), ("length", "<u4"), ("day", "<i4")])
FACET = np.dtype([("entry", "<u2"), ("facet", "<u4"), ("value", "<i8")])
NO_DAY = -(2**31)
EPOCH = dt.date(1970, 1, 1)

Array = NDArray[Any]


def code(name: str) -> int:
    """The number that stands for a kind, a facet or a language; never 0, which stands for nothing."""
    return zlib.crc32(name.encode()) or 1


def day_number(day: dt.date | None) -> int:
    return (day - EPOCH).days if day else NO_DAY


@dataclass(frozen=True)
class Columns:
    """Every entry of the index, block after block."""

    blocks: tuple[int, ...]
    entries: Array
    # As FACET, but with the place in `entries`.
    facets: Array

    @cached_property
    def starts(self) -> dict[int, int]:
        """Where each block begins in `entries`."""
        return {number: n * SIZE for n, number in enumerate(self.blocks)}

    @cached_property
    def numbers(self) -> Array:
        """The number of each entry in the index."""
        return np.repeat(np.array(self.blocks, dtype=np.int64) * SIZE, SIZE) + np.tile(
            np.arange(SIZE, dtype=np.int64), len(self.blocks)
        )

    @cached_property
    def is_there(self) -> Array:
        found: Array = self.entries["kind"] != 0
        return found

    @cached_property
    def average_length(self) -> float:
        lengths = self.entries["length"][self.is_there]
        return float(lengths.mean()) if len(lengths) else 1.0

    @cached_property
    def years(self) -> Array:
        """The year of each entry, 0 where it has no date."""
        days = self.entries["day"]
        years = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
        found: Array = np.where(days == NO_DAY, 0, years)
        return found

    @cached_property
    def pairs(self) -> dict[str, tuple[Array, Array]]:
        """For each facet by its code in text form, the entries and values of its pairs."""
        found = {}
        for facet in np.unique(self.facets["facet"]):
            mine = self.facets[self.facets["facet"] == facet]
            found[str(facet)] = (np.ascontiguousarray(mine["entry"]), np.ascontiguousarray(mine["value"]))
        return found

    def pairs_of(self, facet: str) -> tuple[Array, Array]:
        nothing = np.empty(0, dtype=np.int64)
        return self.pairs.get(str(code(facet)), (nothing, nothing))


Versions = tuple[tuple[int, int], ...]
Parts = dict[int, tuple[int, Array, Array]]


@dataclass(frozen=True)
class _Kept:
    versions: Versions
    parts: Parts
    columns: Columns


_kept: _Kept | None = None


def columns() -> Columns:
    """The columns as they are now. Only blocks that changed since this process read them are read again. Threads may
    read at the same time: what is kept is never changed, only replaced as a whole."""
    global _kept  # noqa: PLW0603 - one cache for each process
    versions = tuple(Block.objects.order_by("number").values_list("number", "version"))
    kept = _kept
    if kept and kept.versions == versions:
        return kept.columns
    parts: Parts = {
        number: kept.parts[number]
        for number, version in versions
        if kept and number in kept.parts and kept.parts[number][0] == version
    }
    for block in Block.objects.filter(number__in=[number for number, _ in versions if number not in parts]):
        parts[block.number] = (block.version, read_entries(block), read_facets(block))
    here = sorted(parts.items())
    found = _join(here)
    _kept = _Kept(tuple((number, part[0]) for number, part in here), parts, found)
    return found


def _join(here: list[tuple[int, tuple[int, Array, Array]]]) -> Columns:
    entries = [entries for _, (_, entries, _) in here]
    facets = []
    for n, (_, (_, _, part)) in enumerate(here):
        wide = np.empty(len(part), dtype=[("entry", "<i8"), ("facet", "<u4"), ("value", "<i8")])
        wide["entry"] = part["entry"].astype(np.int64) + n * SIZE
        wide["facet"], wide["value"] = part["facet"], part["value"]
        facets.append(wide)
    return Columns(
        blocks=tuple(number for number, _ in here),
        entries=np.concatenate(entries) if entries else np.empty(0, dtype=ENTRY),
        facets=np.concatenate(facets)
        if facets
        else np.empty(0, dtype=[("entry", "<i8"), ("facet", "<u4"), ("value", "<i8")]),
    )


def read_entries(block: Block) -> Array:
    return np.frombuffer(bytes(block.entries), dtype=ENTRY)


def read_facets(block: Block) -> Array:
    return np.frombuffer(bytes(block.facets), dtype=FACET)


def facet_rows(rows: Iterable[tuple[int, str, int]]) -> Array:
    return np.array([(entry, code(facet), value) for entry, facet, value in rows], dtype=FACET)
