import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.models import Holiday, OpeningHours
from services.models.day_plans import Timetable
from services.models.hours_line import store_hours

MONDAY = dt.date(2026, 3, 16)
TUESDAY = dt.date(2026, 3, 17)


def row(hours: str, first: dt.date | None = None, last: dt.date | None = None, reason: str = "") -> OpeningHours:
    return OpeningHours(hours=store_hours(hours), valid_from=first, valid_until=last, reason=reason)


def at(day: dt.date, time: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time))


def is_open(rows: list[OpeningHours], day: dt.date, time: str) -> bool | None:
    return Timetable(rows).state(at(day, time)).is_open


@pytest.mark.parametrize(
    ("hours", "day", "time", "expected"),
    [
        ("Mon 9-17", MONDAY, "08:59:59", False),
        ("Mon 9-17", MONDAY, "09:00", True),
        ("Mon 9-17", MONDAY, "16:59:59.999999", True),
        ("Mon 9-17", MONDAY, "17:00", False),
        ("Mon 9-17", TUESDAY, "10:00", False),
        ("Mon 20:00-6:00", MONDAY, "19:59", False),
        ("Mon 20:00-6:00", TUESDAY, "05:59", True),
        ("Mon 20:00-6:00", TUESDAY, "06:00", False),
        ("Mon 20:00-6:00", MONDAY, "05:59", False),
        ("Mon 24 hours", MONDAY, "00:00", True),
        ("Mon 24 hours", TUESDAY, "00:00", False),
        ("Mon 9-12, 13-17", MONDAY, "12:00", False),
        ("Mon 9-12, 13-17", MONDAY, "13:00", True),
    ],
)
def test_opening_time_is_included_and_closing_time_is_not(hours: str, day: dt.date, time: str, expected: bool) -> None:
    assert is_open([row(hours)], day, time) is expected


def test_opening_is_unknown_without_hours_for_the_day() -> None:
    assert is_open([], MONDAY, "10:00") is None
    special = [row("20:00-2:00", MONDAY, MONDAY)]
    assert [is_open(special, MONDAY, "21:00"), is_open(special, TUESDAY, "01:00")] == [True, True]
    assert is_open(special, TUESDAY, "10:00") is None


def test_special_closing_ends_what_runs_past_midnight_and_special_hours_do_not() -> None:
    nights = row("20:00-6:00")

    assert [is_open([nights, row("closed", TUESDAY, TUESDAY)], TUESDAY, time) for time in ("00:00", "21:00")] == [
        *(False, False),
    ]
    assert [
        is_open([nights, row("10-12", TUESDAY, TUESDAY)], TUESDAY, time) for time in ("05:59", "09:00", "11:00")
    ] == [
        *(True, False, True),
    ]


def test_shortest_period_counts_and_of_open_ends_the_one_that_began_last() -> None:
    summer = row("8-13", dt.date(2026, 6, 1), dt.date(2026, 8, 31))
    rows = [
        row("9-17"),
        row("10-16", dt.date(2026, 5, 1)),
        summer,
        row("9-10", dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    ]
    timetable = Timetable(rows)

    usual = [timetable.usual(dt.date(2026, month, 1)) for month in (4, 5, 6, 9)]
    assert [found.hours for found in usual if found] == ["09:00-17:00", "10:00-16:00", "08:00-13:00", "10:00-16:00"]
    assert timetable.plan(dt.date(2026, 7, 1)).spans == row("9-10").week[0]


def test_holidays_are_closed_or_have_the_hours_for_holidays_or_of_another_weekday() -> None:
    national = Holiday(name="National Day", first_on=dt.date(2026, 10, 1), last_on=dt.date(2026, 10, 7))
    worked = Holiday(name="National Day", first_on=dt.date(2026, 10, 10), works_as=0)
    usual = row("Mon–Fri 9–17")

    closed = Timetable([usual], [national, worked])
    assert closed.state(at(dt.date(2026, 10, 5), "10:00")).closed_all_day_for == "National Day"
    assert closed.state(at(dt.date(2026, 10, 10), "10:00")).is_open is True
    assert Timetable([usual], [national], "10–12").state(at(dt.date(2026, 10, 5), "10:00")).is_open is True
    own = row("9-11", dt.date(2026, 10, 1), dt.date(2026, 10, 7))
    assert Timetable([usual, own], [national]).state(at(dt.date(2026, 10, 5), "10:00")).is_open is True
    assert Timetable([], [national]).state(at(dt.date(2026, 10, 5), "10:00")).is_open is None


def test_change_is_the_next_moment_at_which_the_answer_is_another() -> None:
    timetable = Timetable([row("Mon 9-12, 13:30-17")])

    changes = [timetable.state(at(MONDAY, time)).changes_at for time in ("08:00", "09:00", "12:00", "17:00")]
    week_later = MONDAY + dt.timedelta(days=7)
    assert changes == [at(MONDAY, "09:00"), at(MONDAY, "12:00"), at(MONDAY, "13:30"), at(week_later, "09:00")]
    assert Timetable([row("24/7")]).state(at(MONDAY, "12:00")).changes_at is None
    assert Timetable([row("closed")]).state(at(MONDAY, "12:00")).changes_at is None


SPANS = st.sampled_from(["9-12", "20:00-3:00", "0-24", "closed", "Mon-Wed 8-10, 22-24", "Fri 18:00-9:00", "Sa-Su 0-5"])
DAYS_OF_MARCH = st.dates(dt.date(2026, 3, 1), dt.date(2026, 3, 31))


@given(
    SPANS,
    st.lists(st.tuples(SPANS, DAYS_OF_MARCH), max_size=3),
    st.datetimes(at(MONDAY, "00:00"), at(TUESDAY, "23:59")),
)
def test_state_changes_when_it_says_and_not_before(
    usual: str, special: list[tuple[str, dt.date]], moment: dt.datetime
) -> None:
    timetable = Timetable([row(usual), *(row(hours, day, day) for hours, day in special)])

    state = timetable.state(moment)

    end = state.changes_at or moment + dt.timedelta(days=3)
    between = [moment + (end - moment) * part / 7 for part in range(7)]
    assert {timetable.state(each).is_open for each in between} == {state.is_open}
    if state.changes_at:
        assert timetable.state(state.changes_at).is_open is not state.is_open


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        # The clocks in Berlin go forward on 29 March 2026 and back on 25 October 2026, at 01:00 UTC.
        ("2026-03-28T08:00", True),
        ("2026-03-29T07:00", True),
        ("2026-03-29T06:59", False),
        ("2026-10-24T07:00", True),
        ("2026-10-25T07:59", False),
        ("2026-10-25T08:00", True),
    ],
)
def test_hours_follow_local_time_through_daylight_saving_changes(utc: str, expected: bool) -> None:
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC).astimezone(zoneinfo.ZoneInfo("Europe/Berlin"))

    assert Timetable([row("9-17")]).state(moment).is_open is expected
