"""What goes out or goes away by itself: month, week, list, and the feed."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from icalendar import Calendar

from postportal.publishing.models import State
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, pages, staff

pytestmark = pytest.mark.django_db

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 3, 18, 12, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def moment(day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=BEIJING)


def shown(user: User, **query: str) -> list[tuple[str, str]]:
    events = staff.sign_in(user).get("/admin/calendar/", query).context["events"]
    return [(event.text, event.turn.value) for event in events]


def everything() -> None:
    """One of each turn, in their order, and what must not be there."""
    author, editor = staff.account("Author"), staff.account("Editor")
    live = news.article("Live", standfirst="By rail.")
    steps.perform("schedule", editorial.correction(live, by=author, title="Better"), by=editor, due_at=moment(19))
    editorial.scheduled_article("Scheduled", by=author, scheduled_by=editor, due_at=moment(20))
    news.article("Embargoed", publish_at=moment(21))
    pages.notice("Snow", expire_at=moment(22))
    news.article("Draft with a moment", state=State.DRAFT, publish_at=moment(21))
    news.article("Unpublished", state=State.UNPUBLISHED, withdrawal_reason="Wrong.", publish_at=moment(21))
    news.article("Out", publish_at=moment(17), expire_at=moment(17, 10))


ALL = [("Live", "correction"), ("Scheduled", "scheduled"), ("Embargoed", "embargo"), ("Snow", "expiry")]


@pytest.mark.parametrize("view", ["month", "week", "list", "", "nonsense"])
def test_each_view_shows_what_is_to_come(view: str) -> None:
    everything()

    assert shown(staff.account("Publisher"), view=view) == ALL


def test_count_on_the_home_is_that_of_the_list() -> None:
    everything()

    boxes = staff.sign_in(role="Publisher").get("/admin/").context["waiting"]

    assert {entry["box"].name: entry["count"] for entry in boxes}["coming"] == len(ALL)


def test_roles_see_only_what_they_may_look_at() -> None:
    everything()
    news.person("Zhou", publish_at=moment(23))

    assert shown(staff.account("Author"), view="list") == [*ALL[:3], ("Zhou Mei", "embargo")]
    assert shown(staff.account("Service desk"), view="list") == [ALL[3]]
    assert shown(staff.account(), view="list") == []


def test_day_begins_at_midnight_of_the_portal() -> None:
    news.article("Last second", publish_at=moment(22, 23, 59))
    news.article("First second", publish_at=moment(23, 0, 0))
    user = staff.account("Editor")

    assert shown(user, view="week", day="2026-03-18") == [("Last second", "embargo")]
    assert shown(user, view="week", day="2026-03-23") == [("First second", "embargo")]


def test_month_puts_each_entry_on_its_day_of_the_portal() -> None:
    news.article("Late", publish_at=dt.datetime(2026, 3, 20, 16, 30, tzinfo=dt.UTC))

    context = staff.sign_in(role="Editor").get("/admin/calendar/").context

    found = {cell["day"]: [event.text for event in cell["events"]] for week in context["weeks"] for cell in week}
    assert {day: texts for day, texts in found.items() if texts} == {dt.date(2026, 3, 21): ["Late"]}
    assert [len(week) for week in context["weeks"]] == [7] * 6
    assert (min(found), max(found)) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))


def test_full_day_leads_to_the_week() -> None:
    for number in range(6):
        news.article(f"Number {number}", publish_at=moment(20, 9, number))

    page = staff.sign_in(role="Editor").get("/admin/calendar/").content.decode()

    assert '<a href="/admin/calendar/?view=week&amp;day=2026-03-20">and 2 more</a>' in page
    assert "Friday 20 March 2026, 6 entries" in page


@pytest.mark.parametrize("day", ["", "nonsense", "2026-02-31", "0001-01-01", "9999-12-31", "1899-12-31", "3000-01-01"])
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_odd_days_show_the_present(view: str, day: str) -> None:
    page = staff.sign_in().get("/admin/calendar/", {"view": view, "day": day})

    assert page.status_code == 200
    assert page.context["period"].first <= NOW.date() <= page.context["period"].last


@pytest.mark.parametrize("day", ["1900-01-01", "2999-01-01"])
def test_farthest_days_have_neighbours(day: str) -> None:
    browser = staff.sign_in()

    for view in ("month", "week", "list"):
        page = browser.get("/admin/calendar/", {"view": view, "day": day})
        assert [browser.get(page.context[way]).status_code for way in ("before", "after")] == [200, 200]


def feed_of(user: User) -> str:
    return str(staff.sign_in(user).get("/admin/calendar/").context["feed"])


def test_feed_says_the_same_to_whoever_has_the_address() -> None:
    everything()

    answer = Client().get(feed_of(staff.account("Publisher")))

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert [(str(event["summary"]), event.decoded("dtstart")) for event in events] == [
        ("Correction goes out: Live", moment(19)),
        ("Goes out: Scheduled", moment(20)),
        ("Embargo ends: Embargoed", moment(21)),
        ("Goes away: Snow", moment(22)),
    ]
    assert str(events[2]["url"]).startswith("http://testserver/admin/news/article/")
    assert len({str(event["uid"]) for event in events}) == 4


def test_feed_keeps_lines_that_a_title_would_break() -> None:
    news.article("First\r\nEND:VCALENDAR, second; third\\", publish_at=moment(20))

    events = Calendar.from_ical(Client().get(feed_of(staff.account("Editor"))).content).walk("VEVENT")

    assert [str(event["summary"]) for event in events] == ["Embargo ends: First\nEND:VCALENDAR, second; third\\"]


def test_feed_follows_the_rights_of_the_moment() -> None:
    everything()
    user = staff.account("Publisher")
    address = feed_of(user)

    user.groups.clear()

    assert Calendar.from_ical(Client().get(address).content).walk("VEVENT") == []


@pytest.mark.parametrize("change", ["password", "is_active", "is_staff", "delete"])
def test_feed_ends_with_password_or_account(change: str) -> None:
    user = staff.account("Publisher")
    address = feed_of(user)
    assert Client().get(address).status_code == 200

    if change == "password":
        user.set_password("grue-Mast-71-fen")
        user.save()
    elif change == "delete":
        user.delete()
    else:
        setattr(user, change, False)
        user.save()

    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "x.y", "WzEsImFiYyJd.abc", "é.ü", "." * 50])
def test_made_up_feed_address_is_not_found(token: str) -> None:
    assert Client().get(f"/admin/calendar/{token}.ics").status_code == 404


def test_feed_address_of_one_is_not_that_of_another() -> None:
    addresses = {feed_of(staff.account("Editor")) for _ in range(2)}

    assert len(addresses) == 2
