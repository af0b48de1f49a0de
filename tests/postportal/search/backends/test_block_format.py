import datetime as dt

import numpy as np
import pytest

from postportal.search.backends.block_format import (
    ENTRY_DTYPE,
    EPOCH,
    NO_DAY,
    day_number,
    make_facet_rows,
    name_code,
    read_entries,
    read_facets,
    sort_facet_rows,
)
from postportal.search.models import IndexBlock


def test_codes_of_names_differ_and_are_never_0() -> None:
    # The checksum of "" is 0.
    codes = [name_code(name) for name in ("", "article", "person", "en", "zh-hans", "tag")]

    assert 0 not in codes
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("day", [dt.date.min, dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date.max])
def test_day_number_can_be_turned_back(day: dt.date) -> None:
    assert EPOCH + dt.timedelta(days=day_number(day)) == day


def test_missing_day_is_before_every_day() -> None:
    assert day_number(None) == NO_DAY < day_number(dt.date.min)


def test_block_is_read_as_it_was_written() -> None:
    entries = np.array([(2**40, name_code("article"), 0, 17, NO_DAY)], dtype=ENTRY_DTYPE)
    facets = make_facet_rows([(2047, "tag", 2**40), (0, "person", -1)])
    block = IndexBlock(number=0, version=1, entries=entries.tobytes(), facets=facets.tobytes())

    assert read_entries(block).tolist() == entries.tolist()
    assert read_facets(block).tolist() == [(2047, name_code("tag"), 2**40), (0, name_code("person"), -1)]


def test_facet_rows_are_sorted_by_all_columns() -> None:
    facets = make_facet_rows([(3, "tag", 2), (3, "person", 9), (1, "tag", 7), (3, "tag", -5), (1, "tag", 2**40)])

    assert sort_facet_rows(facets).tolist() == sorted(facets.tolist())
