"""Periods of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from postportal.publishing.calendar.periods import LIST_DAYS, list_from, month_of, week_of
from postportal.web.personal_zone import day_start, personal_day, use_zone

DAY = dt.date(2026, 3, 18)


def test_month_has_its_first_and_last_day_and_neighbours() -> None:
    month = month_of(DAY)

    assert (month.name, month.first, month.last) == ("March 2026", dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert (month.previous, month.next) == (dt.date(2026, 2, 1), dt.date(2026, 4, 1))


def test_december_is_followed_by_january() -> None:
    december = month_of(dt.date(2026, 12, 31))

    assert (december.last, december.next) == (dt.date(2026, 12, 31), dt.date(2027, 1, 1))


def test_weeks_of_a_month_run_from_monday_to_sunday() -> None:
    weeks = month_of(DAY).weeks

    assert {len(week) for week in weeks} == {7}
    assert {week[0].weekday() for week in weeks} == {0}
    assert (weeks[0][0], weeks[-1][-1]) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))


def test_week_starts_on_monday() -> None:
    week = week_of(DAY)

    assert (week.first, week.last) == (dt.date(2026, 3, 16), dt.date(2026, 3, 22))
    assert (week.previous, week.next) == (dt.date(2026, 3, 9), dt.date(2026, 3, 23))
    assert week.name == "16 March to 22 March 2026"
    assert week.weeks == [week.days]


def test_list_starts_on_the_day() -> None:
    period = list_from(DAY)

    assert (period.name, period.first, len(period.days)) == ("From 18 March 2026", DAY, LIST_DAYS)
    assert period.next - DAY == DAY - period.previous == dt.timedelta(days=LIST_DAYS)


@pytest.mark.parametrize(
    ("zone", "day", "utc_hour"),
    [
        ("Asia/Shanghai", dt.date(2026, 3, 18), 16),
        # Clocks went forward at midnight, so that the day started at one o'clock.
        ("America/Sao_Paulo", dt.date(2018, 11, 4), 3),
    ],
)
def test_period_ends_when_the_next_day_starts(settings: Settings, zone: str, day: dt.date, utc_hour: int) -> None:
    settings.TIME_ZONE = zone

    assert day_start(day).astimezone(dt.UTC).hour == utc_hour
    assert week_of(day).end == day_start(week_of(day).last + dt.timedelta(days=1))


# Clocks change by an hour, by half an hour, at midnight, and one day was skipped.
ZONES = st.sampled_from(
    ["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "America/Havana", "Pacific/Apia", "Asia/Shanghai"]
)


@given(zone=ZONES, at=st.integers(1_230_768_000, 1_893_456_000))
def test_every_moment_is_in_the_week_and_the_month_of_its_day_and_in_no_other(zone: str, at: int) -> None:
    with use_zone(zone):
        moment = dt.datetime.fromtimestamp(at, dt.UTC)
        day = personal_day(moment)
        for period_of in (week_of, month_of):
            period = period_of(day)
            assert period.start <= moment < period.end
            assert period_of(period.next).start == period.end
            assert period_of(period.previous).end == period.start
