import datetime as dt

import pytest

from postportal.legacy.parsing.sexagenary_years import is_outside_named_year


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        ("Gengyin Year", 2010, False),
        ("Gengyin Year", 2009, False),
        ("Gengyin Year", 2012, True),
        ("庚寅年", 2012, True),
        ("庚寅年", 1950, False),
        ("Year of the Tiger", 2010, False),
        ("Year of the Tiger", 2013, True),
        ("Harbour 2008", 2005, False),
        ("Lanterns", 2012, False),
    ],
)
def test_date_outside_the_named_year_is_recognised(title: str, year: int, expected: bool) -> None:
    assert is_outside_named_year(title, dt.date(year, 3, 14)) is expected
