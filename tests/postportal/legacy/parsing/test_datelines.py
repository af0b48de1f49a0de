import datetime as dt

import pytest

from postportal.legacy.parsing.datelines import Dateline, read_dateline, read_loose_dateline
from postportal.legacy.parsing.dates import PrintedDate

DATE = PrintedDate("2016-06-24", dt.date(2016, 6, 24))


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("| Harbour Post |2016-06-24", Dateline("Harbour Post", "", DATE)),
        ("| Harbour Post | Orla Finch | 2016-06-24", Dateline("Harbour Post", "Orla Finch", DATE)),
        ("Source: Harbour Post Author: Orla Finch Date: 2016-06-24", Dateline("Harbour Post", "Orla Finch", DATE)),
        ("2016-06-24 Source: Harbour Post", Dateline("Harbour Post", "", DATE)),
        ("2016-06-24", Dateline(date=DATE)),
    ],
)
def test_piped_labelled_and_bare_datelines_are_read(line: str, dateline: Dateline) -> None:
    assert read_dateline(line) == dateline


@pytest.mark.parametrize("line", ["", "It opened on Monday.", "One | Two", "Hits: 88", "| A | B | C | 2016-06-24"])
def test_other_lines_are_no_datelines(line: str) -> None:
    assert read_dateline(line) is None


def test_loose_dateline_needs_a_name_and_a_space() -> None:
    assert read_loose_dateline("Harbour Post 2016-06-24") == Dateline("Harbour Post", "", DATE)
    assert read_loose_dateline("It opened on 2016-06-24") is None
    assert read_loose_dateline("List2016-06-24") is None
