import datetime as dt
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from services.models import OpeningHours
from services.models.opening_hours import is_open, rows_for_day
from tests.factories import services

MONDAY = dt.date(2026, 3, 16)
TUESDAY = dt.date(2026, 3, 17)


def row(days: int | dt.date, times: str = "") -> OpeningHours:
    opens, _, closes = times.partition("-")
    fields = {"opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)} if times else {}
    day = {"date": days} if isinstance(days, dt.date) else {"weekday": days}
    return OpeningHours(**day, **fields, is_closed=not times)


def at(day: dt.date, time: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time))


@pytest.mark.parametrize(
    ("time", "expected"),
    [("08:59:59", False), ("09:00", True), ("16:59:59.999999", True), ("17:00", False), ("00:00", False)],
)
def test_opening_time_is_included_and_closing_time_is_not(time: str, expected: bool) -> None:
    assert is_open([row(0, "09:00-17:00")], at(MONDAY, time)) is expected


@pytest.mark.parametrize(
    ("day", "time", "expected"),
    [
        (MONDAY, "19:59", False),
        (MONDAY, "20:00", True),
        (MONDAY, "23:59:59", True),
        (TUESDAY, "00:00", True),
        (TUESDAY, "05:59", True),
        (TUESDAY, "06:00", False),
        (MONDAY, "05:59", False),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_began(day: dt.date, time: str, expected: bool) -> None:
    assert is_open([row(0, "20:00-06:00")], at(day, time)) is expected


def test_hours_until_midnight_end_with_the_day() -> None:
    hours = [row(0, "20:00-00:00")]

    assert is_open(hours, at(MONDAY, "23:59:59")) is True
    assert is_open(hours, at(TUESDAY, "00:00")) is False


def test_whole_day_is_from_midnight_to_midnight() -> None:
    hours = [row(0, "00:00-00:00")]

    assert [is_open(hours, at(MONDAY, time)) for time in ("00:00", "12:00", "23:59:59")] == [True, True, True]
    assert is_open(hours, at(TUESDAY, "00:00")) is False


def test_hotline_is_closed_between_two_spans() -> None:
    hours = [row(0, "09:00-12:00"), row(0, "13:00-17:00")]

    assert [is_open(hours, at(MONDAY, time)) for time in ("11:59", "12:00", "13:00")] == [True, False, True]


def test_hours_of_a_date_override_those_of_its_weekday() -> None:
    hours = [row(0, "09:00-17:00"), row(MONDAY, "10:00-12:00")]

    assert [is_open(hours, at(MONDAY, time)) for time in ("09:30", "10:00", "12:00")] == [False, True, False]
    assert is_open(hours, at(MONDAY + dt.timedelta(days=7), "09:30")) is True


def test_closed_date_is_closed_from_its_first_moment() -> None:
    hours = [row(0, "20:00-06:00"), row(1, "20:00-06:00"), row(TUESDAY)]

    assert [is_open(hours, at(TUESDAY, time)) for time in ("00:00", "05:00", "21:00")] == [False, False, False]


def test_hours_that_began_before_a_special_date_run_to_their_end() -> None:
    hours = [row(0, "20:00-06:00"), row(TUESDAY, "10:00-12:00")]

    assert [is_open(hours, at(TUESDAY, time)) for time in ("05:59", "09:00", "11:00")] == [True, False, True]


def test_closed_weekday_does_not_end_hours_that_began_the_day_before() -> None:
    hours = [row(0, "20:00-06:00"), row(1)]

    assert [is_open(hours, at(TUESDAY, time)) for time in ("05:59", "06:00", "20:00")] == [True, False, False]


def test_closed_overrides_hours_of_the_same_day() -> None:
    hours = [row(0, "09:00-17:00"), row(0)]

    assert rows_for_day(hours, MONDAY) == [hours[1]]
    assert is_open(hours, at(MONDAY, "10:00")) is False


def test_opening_is_unknown_without_hours() -> None:
    assert is_open([], at(MONDAY, "10:00")) is None


def test_hours_of_a_date_do_not_apply_to_other_days() -> None:
    hours = [row(MONDAY, "20:00-02:00")]

    assert is_open(hours, at(MONDAY, "21:00")) is True
    assert is_open(hours, at(TUESDAY, "01:00")) is True
    assert is_open(hours, at(TUESDAY, "10:00")) is None


def test_weekday_without_hours_is_closed_if_others_have_hours() -> None:
    assert is_open([row(0, "09:00-17:00")], at(TUESDAY, "10:00")) is False


@given(st.times(), st.times(), st.dates(), st.times())
def test_daily_hours_are_open_during_them_and_at_no_other_time(
    opens: dt.time, closes: dt.time, day: dt.date, time: dt.time
) -> None:
    assume(opens != closes and day > dt.date.min)
    hours = [OpeningHours(weekday=weekday, opens=opens, closes=closes) for weekday in range(7)]
    is_past_midnight = closes < opens

    expected = (time >= opens or time < closes) if is_past_midnight else opens <= time < closes
    assert is_open(hours, dt.datetime.combine(day, time)) is expected


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
    hours = [row(day, "09:00-17:00") for day in range(7)]
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC).astimezone(zoneinfo.ZoneInfo("Europe/Berlin"))

    assert is_open(hours, moment) is expected


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose either a day of the week or a date."),
        ({"weekday": 0, "date": MONDAY}, "Choose either a day of the week or a date."),
        ({"weekday": 0, "opens": dt.time(9)}, "Enter both times, or tick “closed” and leave both blank."),
        ({"weekday": 0, "is_closed": True, "opens": dt.time(9), "closes": dt.time(10)}, "Enter both times"),
        ({"weekday": 0, "opens": dt.time(9), "closes": dt.time(9)}, "Opening and closing time are the same."),
    ],
)
@pytest.mark.django_db
def test_contradictory_hours_are_rejected_by_form_and_database(fields: dict, message: str) -> None:
    hours = OpeningHours(hotline=services.hotline(), **{"is_closed": False, **fields})
    if not fields or "date" in fields:
        hours.is_closed = True

    with pytest.raises(ValidationError) as refusal:
        hours.full_clean()
    assert any(text.startswith(message) for text in refusal.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        hours.save()


def test_text_of_hours_names_day_and_times() -> None:
    assert [str(hours) for hours in (row(0, "09:00-17:00"), row(MONDAY), row(1, "00:00-00:00"))] == [
        "Monday: 09:00–17:00",
        "2026-03-16: closed",
        "Tuesday: 24 hours",
    ]
