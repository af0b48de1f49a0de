import datetime as dt

import pytest
from django.utils import translation

from services.models import Holiday, OpeningHours
from services.models.day_plans import Timetable
from services.models.hours_in_words import changes_in_words, dates_in_words, state_in_words, week_in_words
from services.models.hours_line import read_hours, store_hours

OCTOBER = dt.date(2026, 10, 1)


def row(hours: str, first: dt.date | None = None, last: dt.date | None = None, reason: str = "") -> OpeningHours:
    return OpeningHours(hours=store_hours(hours), valid_from=first, valid_until=last, reason=reason)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("7-23", ["Every day, 7am to 11pm"]),
        ("24/7", ["24-hour service"]),
        ("Mon–Fri 9–17", ["Monday to Friday, 9am to 5pm", "Saturday and Sunday, closed"]),
        ("Mon-Sat 0-24", ["Monday to Saturday, 24 hours", "Sunday, closed"]),
        (
            "Mon-Wed, Fri-Sat 9-17; Thu 12:30-17; Sun 9-12, 13:30-17",
            [
                "Monday to Wednesday, Friday and Saturday, 9am to 5pm",
                "Thursday, 12:30pm to 5pm",
                "Sunday, 9am to noon and 1:30pm to 5pm",
            ],
        ),
        ("20:00-6:00", ["Every day, 8pm to 6am"]),
        ("20:00-24:00", ["Every day, 8pm to midnight"]),
        ("0-6", ["Every day, midnight to 6am"]),
    ],
)
def test_weekdays_with_the_same_hours_share_a_line(hours: str, words: list[str]) -> None:
    assert week_in_words(read_hours(hours)) == words


def test_special_days_and_holidays_share_lines_and_say_why() -> None:
    day = [OCTOBER + dt.timedelta(days=number) for number in range(12)]
    holidays = [
        Holiday(name="National Day", first_on=day[0], last_on=day[6]),
        Holiday(name="National Day", first_on=day[9], works_as=0),
        Holiday(name="Too far ahead", first_on=dt.date(2027, 5, 1)),
    ]
    timetable = Timetable([row("Mon-Fri 9-17"), row("10-14", day[2], day[2]), row("closed", day[8], day[8])], holidays)

    assert dates_in_words(timetable, since=day[1]) == [
        "2 October 2026: closed (National Day)",
        "3 October 2026: 10am to 2pm",
        "4 October 2026 to 7 October 2026: closed (National Day)",
        "9 October 2026: closed",
        "10 October 2026: open as on Monday (National Day)",
    ]


def test_seasons_and_changes_that_begin_later_are_announced() -> None:
    summer = row("8-13", dt.date(2026, 6, 1), dt.date(2026, 8, 31))
    timetable = Timetable([row("9-17"), row("10-16", dt.date(2027, 3, 1)), summer])

    assert changes_in_words(timetable, since=dt.date(2026, 5, 31)) == [
        "1 June 2026 to 31 August 2026: Every day, 8am to 1pm",
        "From 1 March 2027: Every day, 10am to 4pm",
    ]
    assert len(changes_in_words(timetable, since=dt.date(2026, 6, 1))) == 1


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("9-17", "Open now, until 5pm"),
        ("24/7", "Open now"),
        ("13:30-17", "Opens at 1:30pm"),
        ("Fri 9-17", "Closed now. Opens tomorrow at 9am."),
        ("Mon 9-17", "Closed now. Opens on Monday at 9am."),
        ("Thu 9-10", "Closed now. Opens on 8 October 2026 at 9am."),
        ("closed", "Closed now."),
    ],
)
def test_state_says_what_comes_next(hours: str, words: str) -> None:
    noon = dt.datetime.combine(OCTOBER, dt.time(12))

    assert state_in_words(Timetable([row(hours)]).state(noon), noon) == words


def test_state_without_hours_says_nothing() -> None:
    noon = dt.datetime.combine(OCTOBER, dt.time(12))

    assert state_in_words(Timetable([]).state(noon), noon) == ""


def test_times_are_formatted_in_the_active_language() -> None:
    with translation.override("zh-hans"):
        (line,) = week_in_words(read_hours("9:30-17:00"))

    assert ("09:30" in line, "17:00" in line, "am" in line) == (True, True, False)
