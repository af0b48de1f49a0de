import datetime as dt

import pytest
from django.utils import translation
from django.utils.formats import date_format

from services.models import OpeningHours
from services.models.hours_in_words import dates_in_words, week_in_words

OCTOBER = dt.date(2026, 10, 1)


def rows(*stated: tuple[str, str]) -> list[OpeningHours]:
    """Make rows from pairs such as ("0-4", "09:00-17:00"); a pair without times is closed."""
    made = []
    for days, times in stated:
        first, _, last = days.partition("-")
        opens, _, closes = times.partition("-")
        fields = {"opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)} if times else {}
        weekdays = range(int(first), int(last or first) + 1)
        made += [OpeningHours(weekday=weekday, is_closed=not times, **fields) for weekday in weekdays]
    return made


def date_row(day: dt.date, times: str = "") -> OpeningHours:
    opens, _, closes = times.partition("-")
    fields = {"opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)} if times else {}
    return OpeningHours(date=day, is_closed=not times, **fields)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ([("0-4", "09:00-17:00")], ["Monday to Friday, 9am to 5pm"]),
        ([("0-6", "07:00-23:00")], ["Every day, 7am to 11pm"]),
        ([("0-6", "00:00-00:00")], ["Every day, 24 hours"]),
        ([("0-4", "09:00-17:00"), ("5-6", "")], ["Monday to Friday, 9am to 5pm", "Saturday and Sunday, closed"]),
        ([("0", "09:00-17:00"), ("2", "09:00-17:00")], ["Monday and Wednesday, 9am to 5pm"]),
        (
            [("0-2", "09:00-17:00"), ("4-5", "09:00-17:00"), ("3", "12:30-17:00")],
            ["Monday to Wednesday, Friday and Saturday, 9am to 5pm", "Thursday, 12:30pm to 5pm"],
        ),
        ([("5", "09:00-12:00"), ("5", "13:30-17:00")], ["Saturday, 9am to noon and 1:30pm to 5pm"]),
        ([("5", "13:30-17:00"), ("5", "09:00-12:00")], ["Saturday, 9am to noon and 1:30pm to 5pm"]),
        ([("6", "20:00-06:00")], ["Sunday, 8pm to 6am"]),
        ([("6", "20:00-00:00")], ["Sunday, 8pm to midnight"]),
        ([("6", "00:00-06:00")], ["Sunday, midnight to 6am"]),
        ([("6", "09:00-17:00"), ("6", "")], ["Sunday, closed"]),
        ([], []),
    ],
)
def test_weekdays_with_the_same_hours_share_a_line(stated: list[tuple[str, str]], words: list[str]) -> None:
    assert week_in_words(rows(*stated)) == words


def test_special_dates_are_not_part_of_the_week() -> None:
    assert week_in_words([date_row(OCTOBER)]) == []


def test_consecutive_dates_share_a_line() -> None:
    hours = [date_row(OCTOBER + dt.timedelta(days=day)) for day in (2, 0, 1)]
    hours += [date_row(OCTOBER + dt.timedelta(days=3), "10:00-14:00"), date_row(OCTOBER + dt.timedelta(days=9))]
    day = {n: date_format(OCTOBER + dt.timedelta(days=n)) for n in (0, 2, 3, 9)}

    assert dates_in_words(hours, since=OCTOBER) == [
        f"{day[0]} to {day[2]}: closed",
        f"{day[3]}: 10am to 2pm",
        f"{day[9]}: closed",
    ]


def test_past_dates_are_omitted() -> None:
    hours = [date_row(OCTOBER), date_row(OCTOBER + dt.timedelta(days=1), "10:00-14:00")]

    assert dates_in_words(hours, since=OCTOBER + dt.timedelta(days=1)) == [
        f"{date_format(OCTOBER + dt.timedelta(days=1))}: 10am to 2pm"
    ]


def test_times_are_formatted_in_the_active_language() -> None:
    with translation.override("zh-hans"):
        lines = week_in_words(rows(("6", "09:30-17:00")))

    assert len(lines) == 1
    assert "09:30" in lines[0]
    assert "17:00" in lines[0]
    assert "am" not in lines[0]
