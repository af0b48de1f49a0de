import datetime as dt
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from postportal.page_cache.recording import Recording, set_recording
from services.hotline_states import states_on_every_page
from services.models import Hotline
from services.models.hours_in_words import state_in_words
from tests.factories import services

pytestmark = pytest.mark.django_db

# A Friday, noon in Beijing.
NOON = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)


def hotline(purpose: str, *, hours: str, **fields: object) -> Hotline:
    row = services.hotline(purpose, **{"is_on_every_page": True, **fields})
    if hours:
        services.opening_hours(row, days="0-4", times=hours)
    return row


def words(at: dt.datetime) -> dict[str, str]:
    names = dict(Hotline.objects.values_list("pk", "purpose"))
    return {names[pk]: state.words for pk, state in states_on_every_page(at).items()}


def ends(at: dt.datetime) -> dt.datetime | None:
    """Return when a page that shows the states ends."""
    recording = Recording()
    set_recording(recording)
    try:
        states_on_every_page(at)
    finally:
        set_recording(None)
    return recording.ends_at


def test_states_are_those_of_public_hotlines_on_every_page_with_known_hours() -> None:
    hotline("Open", hours="09:00-17:00")
    hotline("Lunch", hours="09:00-12:00, 13:30-17:00")
    hotline("Berlin", hours="09:00-17:00", time_zone="Europe/Berlin")
    hotline("Unknown", hours="")
    hotline("Elsewhere", hours="09:00-17:00", is_on_every_page=False)
    hotline("Hidden", hours="09:00-17:00", publish_at=NOON + dt.timedelta(seconds=1))

    assert words(NOON) == {"Open": "Open now, until 5pm", "Lunch": "Opens at 1:30pm", "Berlin": "Opens at 9am"}
    with translation.override("zh-hans"):
        assert set(words(NOON)) == {"Open", "Lunch", "Berlin"}


def test_holidays_and_special_days_count() -> None:
    calendar = services.holiday_calendar(holidays={"2026-03-20": "Spring Day"})
    hotline("Closed", hours="09:00-17:00", holiday_calendar=calendar)
    hotline("Short", hours="09:00-17:00", holiday_calendar=calendar, holiday_hours="10-13")
    special = hotline("Special", hours="09:00-17:00")
    services.opening_hours(special, days="2026-03-20", times="10:00-14:00")

    assert words(NOON) == {
        "Closed": "Closed today (Spring Day). Opens on Monday at 9am.",
        "Short": "Open now, until 1pm",
        "Special": "Open now, until 2pm",
    }


@pytest.mark.parametrize(
    ("hours", "end"),
    [
        ("09:00-17:00", "2026-03-20T17:00+08:00"),
        ("13:30-17:00", "2026-03-20T13:30+08:00"),
        ("09:00-11:00", "2026-03-21T00:00+08:00"),
        ("00:00-24:00", "2026-03-21T00:00+08:00"),
    ],
)
def test_page_ends_when_the_words_change_and_not_before(hours: str, end: str) -> None:
    hotline("Letters", hours=hours)

    assert ends(NOON) == dt.datetime.fromisoformat(end)


def test_page_ends_when_a_closing_comes_into_sight() -> None:
    row = services.hotline(is_on_every_page=True)
    services.opening_hours(row, days="0-6", times="00:00-24:00")
    services.opening_hours(row, days="2026-03-28", times="00:00-09:30")

    assert ends(NOON) == dt.datetime.fromisoformat("2026-03-21T00:00+08:00")
    assert ends(NOON + dt.timedelta(hours=13)) == dt.datetime.fromisoformat("2026-03-21T09:30+08:00")


def test_words_never_change_before_the_page_ends() -> None:
    services.opening_hours(row := services.hotline(is_on_every_page=True), days="0-4", times="09:00-12:00")
    services.opening_hours(row, days="5", times="22:00-02:00")
    services.opening_hours(row, days="2026-03-23", reason="Holiday")
    moments = [NOON + dt.timedelta(minutes=15 * n) for n in range(4 * 24 * 7)]

    for before, after in pairwise(moments):
        end = ends(before)
        if end is not None and end > after:
            assert states_on_every_page(before) == states_on_every_page(after), before


def test_states_are_those_of_the_hotlines_page() -> None:
    row = hotline("Letters", hours="09:00-12:00, 13:30-17:00")

    for hour in range(24):
        at = NOON + dt.timedelta(hours=hour)
        local = row.local(at)
        assert states_on_every_page(at)[row.pk].words == state_in_words(row.timetable.state(local), local)


@pytest.mark.parametrize("hotlines", [1, 20])
def test_states_are_one_query(hotlines: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    calendar = services.holiday_calendar(holidays={"2026-10-01": "National Day"})
    for n in range(hotlines):
        hotline(f"Hotline {n}", hours="09:00-17:00", holiday_calendar=calendar)

    with django_assert_num_queries(1):
        assert len(states_on_every_page(NOON)) == hotlines


def test_home_page_says_in_its_second_that_a_hotline_is_open(client: Client) -> None:
    hotline("Letters", hours="09:00-12:00, 13:30-17:00")
    seen = []
    for time in ("11:59:59", "12:00:00", "13:29:59", "13:30:00"):
        with time_machine.travel(dt.datetime.fromisoformat(f"2026-03-20T{time}+08:00"), tick=False):
            html = client.get("/").text
            seen.append([text for text in ("<strong>Open now, until", ">Opens at 1:30pm<") if text in html])

    assert seen == [
        ["<strong>Open now, until"],
        [">Opens at 1:30pm<"],
        [">Opens at 1:30pm<"],
        ["<strong>Open now, until"],
    ]
