"""What the columns say of the entries, in whatever way it is computed."""

import numpy as np
import pytest

from postportal.search.backends import columns
from postportal.search.backends.block_format import BLOCK_SIZE, ENTRY_DTYPE, NO_DAY, Array, make_facet_rows, name_code
from postportal.search.backends.columns import BlockColumns, Columns
from postportal.search.models import IndexBlock


def block(number: int, *, pks: range, facets: list[tuple[int, str, int]]) -> IndexBlock:
    entries = np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    for place, pk in enumerate(pks):
        entries[place] = (pk, name_code("article"), name_code("en"), 10, NO_DAY)
    return IndexBlock(number=number, version=1, entries=entries.tobytes(), facets=make_facet_rows(facets).tobytes())


@pytest.fixture
def here() -> Columns:
    # Entries of a block come in no order where some were written again; numbers of blocks have gaps.
    first = block(0, pks=range(1, 6), facets=[(3, "tag", 7), (0, "tag", 7), (0, "tag", 9), (1, "section", 1)])
    second = block(4, pks=range(50, 45, -1), facets=[(2, "tag", 9), (2, "tag", 8), (4, "tag", 7)])
    return Columns({4: BlockColumns.read(second), 0: BlockColumns.read(first)})


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
        ((0, 3, BLOCK_SIZE + 2), [7, 7, 8, 9, 9]),
        ((BLOCK_SIZE + 4, 2 * BLOCK_SIZE - 1), [7]),
        (tuple(range(2 * BLOCK_SIZE)), [7, 7, 7, 8, 9, 9]),
    ],
)
def test_values_are_the_same_for_few_and_for_many(
    here: Columns, places: tuple[int, ...], values: list[int], dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "SPARSE_FACTOR", dense)

    assert sorted(here.values("tag", chosen(here, *places)).tolist()) == values
    assert here.values("nothing", chosen(here, *places)).tolist() == []


def test_nothing_is_found_where_nothing_is() -> None:
    assert not Columns({}).mask_with_values("tag", [7]).any()


def test_entries_with_one_of_several_values_are_found(here: Columns) -> None:
    assert np.flatnonzero(here.mask_with_values("tag", [8, 7])).tolist() == [0, 3, BLOCK_SIZE + 2, BLOCK_SIZE + 4]


def test_rows_are_found_by_their_keys(here: Columns) -> None:
    assert here.places("article", [46, 4, 999, 0]).tolist() == [BLOCK_SIZE + 4, 3]
    assert here.places("article", []).tolist() == here.places("person", [4]).tolist() == []
