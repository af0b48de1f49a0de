import numpy as np
import pytest

from postportal.search.backends import columns
from postportal.search.backends.block_format import BLOCK_SIZE, ENTRY_DTYPE, NO_DAY, Array, make_facet_rows, name_code
from postportal.search.backends.columns import BlockColumns, Columns
from postportal.search.models import IndexBlock


def block(number: int, *, pks: range, facets: list[tuple[int, str, int]]) -> IndexBlock:
    entries = np.zeros(BLOCK_SIZE, dtype=ENTRY_DTYPE)
    for slot, pk in enumerate(pks):
        entries[slot] = (pk, name_code("article"), name_code("en"), 10, NO_DAY)
    return IndexBlock(number=number, version=1, entries=entries.tobytes(), facets=make_facet_rows(facets).tobytes())


@pytest.fixture
def two_blocks() -> Columns:
    # Pairs of a block are not sorted by entry, and block numbers have gaps.
    first = block(0, pks=range(1, 6), facets=[(3, "tag", 7), (0, "tag", 7), (0, "tag", 9), (1, "section", 1)])
    second = block(4, pks=range(50, 45, -1), facets=[(2, "tag", 9), (2, "tag", 8), (4, "tag", 7)])
    return Columns({4: BlockColumns.read(second), 0: BlockColumns.read(first)})


def mask_of(columns: Columns, *entries: int) -> Array:
    mask = np.zeros(len(columns), dtype=bool)
    mask[list(entries)] = True
    return mask


@pytest.mark.parametrize("sparse_factor", [0, 10**9])
@pytest.mark.parametrize(
    ("entries", "values"),
    [
        ((), []),
        ((0,), [7, 9]),
        ((1, 2), []),
        ((0, 3, BLOCK_SIZE + 2), [7, 7, 8, 9, 9]),
        ((BLOCK_SIZE + 4, 2 * BLOCK_SIZE - 1), [7]),
        (tuple(range(2 * BLOCK_SIZE)), [7, 7, 7, 8, 9, 9]),
    ],
)
def test_values_are_the_same_for_few_and_many_entries(
    two_blocks: Columns,
    entries: tuple[int, ...],
    values: list[int],
    sparse_factor: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "SPARSE_FACTOR", sparse_factor)

    assert sorted(two_blocks.values("tag", mask_of(two_blocks, *entries)).tolist()) == values
    assert two_blocks.values("nothing", mask_of(two_blocks, *entries)).tolist() == []


def test_empty_index_has_no_values() -> None:
    assert not Columns({}).mask_with_values("tag", [7]).any()


def test_mask_has_entries_with_any_of_the_values(two_blocks: Columns) -> None:
    mask = two_blocks.mask_with_values("tag", [8, 7])

    assert np.flatnonzero(mask).tolist() == [0, 3, BLOCK_SIZE + 2, BLOCK_SIZE + 4]


def test_entries_are_found_by_primary_key(two_blocks: Columns) -> None:
    assert two_blocks.find_entries("article", [46, 4, 999, 0]).tolist() == [BLOCK_SIZE + 4, 3]
    assert two_blocks.find_entries("article", []).tolist() == two_blocks.find_entries("person", [4]).tolist() == []
