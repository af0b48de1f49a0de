import datetime as dt

import pytest
from pytest_django import Settings

from postportal.web.date_ranges import (
    HISTORICAL_DAYS,
    PUBLICATION_DAYS,
    RECORD_DAYS,
    STAMP_DAYS,
    DateRange,
    first_of_next_month,
    is_open_end,
    month_dates,
)

RANGES = [HISTORICAL_DAYS, PUBLICATION_DAYS, STAMP_DAYS, RECORD_DAYS]
A_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("days", RANGES)
def test_range_includes_its_first_and_last_day_and_none_beyond(days: DateRange) -> None:
    found = [days.includes(day) for day in (days.first - A_DAY, days.first, days.last, days.last + A_DAY)]

    assert found == [False, True, True, False]
    assert [days.clamp(dt.date.min), days.clamp(dt.date.max), days.clamp(days.last)] == [days[0], days[1], days[1]]


@pytest.mark.parametrize("days", RANGES)
def test_every_range_is_inside_the_dates_of_urls(days: DateRange) -> None:
    assert HISTORICAL_DAYS.first <= days.first < days.last <= HISTORICAL_DAYS.last
    assert {days.first.year, days.last.year} <= set(HISTORICAL_DAYS.years)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("offset", [-14, 0, 12])
def test_time_counts_by_its_date_in_the_portal(settings: Settings, zone: str, offset: int) -> None:
    settings.TIME_ZONE = zone
    somewhere = dt.timezone(dt.timedelta(hours=offset))

    assert RECORD_DAYS.includes(dt.datetime(2021, 12, 8, tzinfo=somewhere))
    assert not RECORD_DAYS.includes(dt.datetime.min.replace(tzinfo=somewhere))
    assert not RECORD_DAYS.includes(dt.datetime.max.replace(tzinfo=somewhere))


def test_time_is_refused_where_its_date_in_the_portal_does_not_exist(settings: Settings) -> None:
    settings.TIME_ZONE = "Asia/Shanghai"

    assert RECORD_DAYS.includes(dt.datetime(2999, 12, 31, 15, 59, 59, tzinfo=dt.UTC))
    assert not RECORD_DAYS.includes(dt.datetime(2999, 12, 31, 16, 0, 0, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    "end",
    [
        *("9999", "9999-12", "9999-12-31", " 9999-12-31 ", "9999-12-31T23:59:59", "9999-12-31 00:00", "9999-01-01"),
        *("2999-12", "2999-12-31", "2999-12-31T23:59"),
        *(dt.date(9999, 12, 31), dt.date(9999, 1, 1), dt.date(2999, 12, 31)),
        dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC),
    ],
)
def test_last_days_of_other_systems_are_open_ends(end: object) -> None:
    assert is_open_end(end)


@pytest.mark.parametrize(
    "end", [None, "", "open", "2021-12-31", "2999-12-30", "2999", "19999-12-31", 9999, dt.date(2999, 12, 30)]
)
def test_other_values_are_no_open_ends(end: object) -> None:
    assert not is_open_end(end)


@pytest.mark.parametrize(
    ("year", "month", "last"), [(2024, 2, 29), (2023, 2, 28), (2021, 12, 31), (1000, 1, 31), (2999, 12, 31)]
)
def test_month_has_its_days(year: int, month: int, last: int) -> None:
    days = month_dates(year, month)

    assert days == (dt.date(year, month, 1), dt.date(year, month, last))
    assert first_of_next_month(days.last) == days.last + A_DAY
