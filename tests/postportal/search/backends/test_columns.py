"""What the columns say of the entries, in whatever way it is computed."""

import numpy as np
import pytest

from postportal.search.backends import columns
from postportal.search.backends.block_format import ENTRY, NO_DAY, SIZE, Array, code, facet_rows
from postportal.search.backends.columns import Columns, Part
from postportal.search.models import Block


def block(number: int, *, pks: range, facets: list[tuple[int, str, int]]) -> Block:
    entries = np.zeros(SIZE, dtype=ENTRY)
    for place, pk in enumerate(pks):
        entries[place] = (pk, code("article"), code("en"), 10, NO_DAY)
    return Block(number=number, version=1, entries=entries.tobytes(), facets=facet_rows(facets).tobytes())


@pytest.fixture
def here() -> Columns:
    # Entries of a block come in no order where some were written again; numbers of blocks have gaps.
    first = block(0, pks=range(1, 6), facets=[(3, "tag", 7), (0, "tag", 7), (0, "tag", 9), (1, "section", 1)])
    second = block(4, pks=range(50, 45, -1), facets=[(2, "tag", 9), (2, "tag", 8), (4, "tag", 7)])
    return Columns({4: Part.read(second), 0: Part.read(first)})


def chosen(here: Columns, *places: int) -> Array:
    found = np.zeros(len(here), dtype=bool)
    found[list(places)] = True
    return found


@pytest.mark.parametrize("dense", [0, 10**9])
@pytest.mark.parametrize(
    ("places", "values"),
    [
        ((), []),
        ((0,), [7, 9]),
        ((1, 2), []),
        ((0, 3, SIZE + 2), [7, 7, 8, 9, 9]),
        ((SIZE + 4, 2 * SIZE - 1), [7]),
        (tuple(range(2 * SIZE)), [7, 7, 7, 8, 9, 9]),
    ],
)
def test_values_are_the_same_for_few_and_for_many(
    here: Columns, places: tuple[int, ...], values: list[int], dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "DENSE", dense)

    assert sorted(here.values("tag", chosen(here, *places)).tolist()) == values
    assert here.values("nothing", chosen(here, *places)).tolist() == []


def test_nothing_is_found_where_nothing_is() -> None:
    assert not Columns({}).having("tag", [7]).any()


def test_entries_with_one_of_several_values_are_found(here: Columns) -> None:
    assert np.flatnonzero(here.having("tag", [8, 7])).tolist() == [0, 3, SIZE + 2, SIZE + 4]


def test_rows_are_found_by_their_keys(here: Columns) -> None:
    assert here.places("article", [46, 4, 999, 0]).tolist() == [SIZE + 4, 3]
    assert here.places("article", []).tolist() == here.places("person", [4]).tolist() == []
