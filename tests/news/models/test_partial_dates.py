import datetime as dt

import pytest
from django.utils import translation

from news.models.partial_dates import Precision, first_day_after, first_day_of, format_partial_date, partial_iso_date

DAY = dt.date(2020, 2, 29)


@pytest.mark.parametrize(
    ("precision", "first", "after"),
    [
        (Precision.DAY, DAY, dt.date(2020, 3, 1)),
        (Precision.MONTH, dt.date(2020, 2, 1), dt.date(2020, 3, 1)),
        (Precision.YEAR, dt.date(2020, 1, 1), dt.date(2021, 1, 1)),
    ],
)
def test_first_day_of_the_period_and_after_it(precision: str, first: dt.date, after: dt.date) -> None:
    assert (first_day_of(DAY, precision), first_day_after(DAY, precision)) == (first, after)


def test_december_is_followed_by_january() -> None:
    assert first_day_after(dt.date(2021, 12, 31), Precision.MONTH) == dt.date(2022, 1, 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["29 February 2020", "February 2020", "2020"]),
        ("zh-hans", ["2020年2月29日", "2020年2月", "2020"]),
    ],
)
def test_format_is_as_exact_as_the_precision(language: str, words: list[str]) -> None:
    with translation.override(language):
        assert [format_partial_date(DAY, precision) for precision in Precision.values] == words


def test_unknown_date_is_empty() -> None:
    assert format_partial_date(None, Precision.DAY) == ""


def test_iso_date_is_as_exact_as_the_precision() -> None:
    assert [partial_iso_date(DAY, precision) for precision in Precision.values] == ["2020-02-29", "2020-02", "2020"]
    assert partial_iso_date(None, "day") == ""
