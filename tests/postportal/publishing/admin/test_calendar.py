import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from icalendar import Calendar

from postportal.audit.models import Entry
from postportal.publishing.models import CalendarKey, State
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, pages, staff

pytestmark = pytest.mark.django_db

BEIJING = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 3, 18, 12, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def at(day: int, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=BEIJING)


def listed_events(user: User, **query: str) -> list[tuple[str, str]]:
    events = staff.sign_in(user).get("/admin/calendar/", query).context["events"]
    return [(event.text, event.event_type.value) for event in events]


def make_events() -> None:
    """Make one event of each type, in their order, and rows that must not be listed."""
    author, editor = staff.account("Author"), staff.account("Editor")
    live = news.article("Live", standfirst="By rail.")
    steps.perform("schedule", editorial.correction(live, by=author, title="Better"), by=editor, due_at=at(19))
    editorial.scheduled_article("Scheduled", by=author, scheduled_by=editor, due_at=at(20))
    news.article("Embargoed", publish_at=at(21))
    pages.notice("Snow", expire_at=at(22))
    news.article("Draft with a time", state=State.DRAFT, publish_at=at(21))
    news.article("Unpublished", state=State.UNPUBLISHED, withdrawal_reason="Wrong.", publish_at=at(21))
    news.article("Out", publish_at=at(17), expire_at=at(17, 10))


ALL = [("Live", "correction"), ("Scheduled", "scheduled"), ("Embargoed", "embargo"), ("Snow", "expiry")]


@pytest.mark.parametrize("view", ["month", "week", "list", "", "nonsense"])
def test_each_view_shows_future_events(view: str) -> None:
    make_events()

    assert listed_events(staff.account("Publisher"), view=view) == ALL


def test_count_on_the_home_equals_the_list() -> None:
    make_events()

    queues = staff.sign_in(role="Publisher").get("/admin/").context["work_queues"]

    assert {entry["queue"].name: entry["count"] for entry in queues}["coming"] == len(ALL)


def test_roles_see_only_what_they_may_view() -> None:
    make_events()
    news.person("Zhou", publish_at=at(23))

    assert listed_events(staff.account("Author"), view="list") == [*ALL[:3], ("Zhou Mei", "embargo")]
    assert listed_events(staff.account("Service desk"), view="list") == [ALL[3]]
    assert listed_events(staff.account(), view="list") == []


def test_day_begins_at_local_midnight() -> None:
    news.article("Last second", publish_at=at(22, 23, 59))
    news.article("First second", publish_at=at(23, 0, 0))
    user = staff.account("Editor")

    assert listed_events(user, view="week", day="2026-03-18") == [("Last second", "embargo")]
    assert listed_events(user, view="week", day="2026-03-23") == [("First second", "embargo")]


def test_month_has_each_event_on_its_local_day() -> None:
    news.article("Late", publish_at=dt.datetime(2026, 3, 20, 16, 30, tzinfo=dt.UTC))

    context = staff.sign_in(role="Editor").get("/admin/calendar/").context

    found = {cell["day"]: [event.text for event in cell["events"]] for week in context["weeks"] for cell in week}
    assert {day: texts for day, texts in found.items() if texts} == {dt.date(2026, 3, 21): ["Late"]}
    assert [len(week) for week in context["weeks"]] == [7] * 6
    assert (min(found), max(found)) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))


def test_calendar_has_the_days_and_times_of_the_person() -> None:
    news.article("Late in Berlin", publish_at=dt.datetime(2026, 3, 29, 21, 59, tzinfo=dt.UTC))
    news.article("Early in Berlin", publish_at=dt.datetime(2026, 3, 29, 22, 0, tzinfo=dt.UTC))
    browser = staff.sign_in(role="Editor")
    browser.post("/admin/account/", {"time_zone": "Europe/Berlin"})

    page = browser.get("/admin/calendar/", {"view": "week", "day": "2026-03-29"})
    text = page.content.decode()

    # The day on which clocks go forward has 23 hours.
    days = {cell["day"].day: [event.text for event in cell["events"]] for cell in page.context["days"]}
    assert (days[29], "Early in Berlin" in text) == (["Late in Berlin"], False)
    assert "Times are in Europe/Berlin." in text
    assert ">23:59</time>" in text


def test_full_day_links_to_the_week() -> None:
    for number in range(6):
        news.article(f"Number {number}", publish_at=at(20, 9, number))

    page = staff.sign_in(role="Editor").get("/admin/calendar/").content.decode()

    assert '<a href="/admin/calendar/?view=week&amp;day=2026-03-20">and 2 more</a>' in page
    assert "Friday 20 March 2026, 6 events" in page


@pytest.mark.parametrize("day", ["", "nonsense", "2026-02-31", "0001-01-01", "9999-12-31", "1969-12-31", "3000-01-01"])
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_invalid_day_shows_today(view: str, day: str) -> None:
    page = staff.sign_in().get("/admin/calendar/", {"view": view, "day": day})

    assert page.status_code == 200
    assert page.context["period"].first <= NOW.date() <= page.context["period"].last


@pytest.mark.parametrize("day", ["1970-01-01", "2999-12-31"])
def test_first_and_last_day_have_links_to_both_sides(day: str) -> None:
    browser = staff.sign_in()

    for view in ("month", "week", "list"):
        page = browser.get("/admin/calendar/", {"view": view, "day": day})
        assert [browser.get(page.context[name]).status_code for name in ("previous_url", "next_url")] == [200, 200]


def feed_url(user: User) -> str:
    return str(staff.sign_in(user).post("/admin/calendar/url/").context["feed_url"])


def test_feed_needs_only_its_url() -> None:
    make_events()

    answer = Client().get(feed_url(staff.account("Publisher")))

    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert [(str(event["summary"]), event.decoded("dtstart")) for event in events] == [
        ("Publication of changes: Live", at(19)),
        ("Publication: Scheduled", at(20)),
        ("End of embargo: Embargoed", at(21)),
        ("Expiry: Snow", at(22)),
    ]
    assert str(events[2]["url"]).startswith("http://testserver/admin/news/article/")
    assert len({str(event["uid"]) for event in events}) == 4


def test_feed_has_a_validator_only_for_its_owner() -> None:
    make_events()
    stranger = staff.account("Publisher")
    publisher, other = feed_url(staff.account("Publisher")), feed_url(stranger)
    current = Client().get(publisher)
    headers = {"If-None-Match": current["ETag"]}

    same, head = (getattr(Client(), method)(publisher, headers=headers) for method in ("get", "head"))
    assert (same.status_code, head.status_code, same.content) == (304, 304, b"")
    assert {name: same[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        name: current[name] for name in ("ETag", "Cache-Control", "Vary")
    }
    assert Client().get("/admin/calendar/x.ics", headers={"If-None-Match": "*"}).status_code == 404
    assert Client().get(publisher, headers={**headers, "Accept-Language": "zh-hans"}).status_code == 200
    stranger.groups.clear()
    assert Client().get(other, headers=headers).status_code == 200
    news.article("Another", publish_at=at(23))
    assert Client().get(publisher, headers=headers).status_code == 200


def test_line_breaks_of_a_title_add_no_line_to_the_feed() -> None:
    news.article("First\r\nEND:VCALENDAR, second; third\\", publish_at=at(20))

    events = Calendar.from_ical(Client().get(feed_url(staff.account("Editor"))).content).walk("VEVENT")

    assert [str(event["summary"]) for event in events] == ["End of embargo: First END:VCALENDAR, second; third\\"]


def test_feed_follows_current_permissions() -> None:
    make_events()
    user = staff.account("Publisher")
    url = feed_url(user)

    user.groups.clear()

    assert Calendar.from_ical(Client().get(url).content).walk("VEVENT") == []


@pytest.mark.parametrize("change", ["password", "is_active", "is_staff", "delete"])
def test_feed_ends_with_password_or_account(change: str) -> None:
    user = staff.account("Publisher")
    url = feed_url(user)
    assert Client().get(url).status_code == 200

    if change == "password":
        user.set_password("grue-Mast-71-fen")
        user.save()
    elif change == "delete":
        user.delete()
    else:
        setattr(user, change, False)
        user.save()

    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("token", ["x", "x.y", "WzEsImFiYyJd.abc", "é.ü", "." * 50])
def test_invalid_feed_token_is_not_found(token: str) -> None:
    assert Client().get(f"/admin/calendar/{token}.ics").status_code == 404


def test_feed_urls_of_two_accounts_differ() -> None:
    urls = {feed_url(staff.account("Editor")) for _ in range(2)}

    assert len(urls) == 2


def entries(user: User) -> list[str]:
    found = Entry.objects.filter(actor_id=user.pk, action__startswith="calendar").order_by("pk")
    return list(found.values_list("action", flat=True))


def test_url_is_shown_once_and_recorded_without_its_key() -> None:
    user = staff.account("Editor")
    browser = staff.sign_in(user)
    assert "Your calendar URL was created" not in browser.get("/admin/calendar/").text

    made, later = browser.post("/admin/calendar/url/"), browser.get("/admin/calendar/")

    url = made.context["feed_url"]
    key = url.rpartition("/")[2].removesuffix(".ics")
    assert (url in made.text, key in later.text) == (True, False)
    assert "Your calendar URL was created on 18 March 2026." in later.text
    assert "no-store" in made["Cache-Control"]
    assert entries(user) == ["calendar-make"]
    assert not any(key in str(row) for row in Entry.objects.values())


def test_new_url_ends_the_old_one_at_once() -> None:
    browser = staff.sign_in(role="Editor")
    old, new = (browser.post("/admin/calendar/url/").context["feed_url"] for _ in range(2))

    assert [Client().get(url).status_code for url in (old, new)] == [404, 200]


def test_url_that_was_turned_off_is_unknown() -> None:
    user = staff.account("Editor")
    browser, other_url = staff.sign_in(user), feed_url(staff.account("Editor"))
    url = browser.post("/admin/calendar/url/").context["feed_url"]

    page = browser.post("/admin/calendar/url/off/", follow=True)
    browser.post("/admin/calendar/url/off/")

    assert "Calendar URL turned off. It no longer works." in page.text
    assert "Turn off calendar URL" not in browser.get("/admin/calendar/").text
    assert [Client().get(each).status_code for each in (url, other_url)] == [404, 200]
    assert entries(user) == ["calendar-make", "calendar-revoke"]


def test_opening_the_pages_changes_nothing() -> None:
    browser = staff.sign_in(role="Editor")

    assert [browser.get(f"/admin/calendar/url/{name}").status_code for name in ("", "off/")] == [302, 405]
    assert CalendarKey.objects.count() == 0
