import datetime as dt

import pytest

from postportal.legacy.parsing.dates import PrintedDate, read_date, split_date

DAY = dt.date(2021, 12, 8)


@pytest.mark.parametrize(
    "printed",
    [
        "2021-12-08",
        "2021/12/8",
        "２０２１－１２－０８",
        "2021年12月8日",
        "December 8, 2021",
        "8 Dec 2021",
        "2021-12-08 09:30",
    ],
)
def test_date_is_read_in_every_form(printed: str) -> None:
    assert read_date(printed) == PrintedDate(printed, DAY)


@pytest.mark.parametrize("printed", ["2021-02-30", "1970-01-01", "1900-01-01"])
def test_invalid_date_or_placeholder_has_no_day(printed: str) -> None:
    assert read_date(printed) == PrintedDate(printed, None)


@pytest.mark.parametrize("text", ["", "soon", "2021", "2021-12-08 and later", "12-08-2021"])
def test_other_text_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_date_is_split_from_the_end() -> None:
    assert split_date("Ten events of 20212021-12-08") == ("Ten events of 2021", PrintedDate("2021-12-08", DAY))
    assert split_date("Ten events of 2021") is None
