"""The next seven days on the home page of staff."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article
from postportal.publishing.calendar.periods import day_start
from postportal.publishing.calendar.schedule import calendar_events
from postportal.publishing.calendar.week_ahead import week_ahead
from postportal.publishing.models import State
from postportal.publishing.workflow import steps
from postportal.web.personal_zone import use_zone
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


def make_week() -> None:
    """Make an event of each type within the week, and what must not be counted."""
    author, editor = staff.account("Author"), staff.account("Editor")
    live = news.article("Live", standfirst="By rail.")
    steps.perform("schedule", editorial.correction(live, by=author, title="Better"), by=editor, due_at=at(19))
    editorial.scheduled_article("Scheduled", by=author, scheduled_by=editor, due_at=at(20))
    news.article("Last second", publish_at=at(24, 23, 59))
    news.person("Zhou", publish_at=at(23))
    pages.notice("Snow", expire_at=at(22))
    news.article("Too late", publish_at=at(25, 0, 0))
    news.article("Already out", publish_at=at(18, 11, 59))
    news.article("Draft with a time", state=State.DRAFT, publish_at=at(21))
    news.article("Unpublished", state=State.UNPUBLISHED, withdrawal_reason="Wrong.", publish_at=at(21))


def titles(user: User) -> dict[int, list[str]]:
    return {day.day.day: [event.text for event in day.first] for day in week_ahead(user, now=NOW) if day.count}


def test_strip_says_the_same_as_the_calendar() -> None:
    make_week()
    user = staff.account("Publisher")
    first, last = day_start(dt.date(2026, 3, 18)), day_start(dt.date(2026, 3, 25))

    found = [event for day in week_ahead(user, now=NOW) for event in day.first]

    assert found == calendar_events(user, now=NOW, start=first, end=last)
    assert titles(user) == {19: ["Live"], 20: ["Scheduled"], 22: ["Snow"], 23: ["Zhou Mei"], 24: ["Last second"]}


def test_days_are_those_of_the_person() -> None:
    news.article("Night", publish_at=at(20, 3))

    with use_zone("Europe/Berlin"):
        days = week_ahead(staff.account("Editor"), now=NOW)

    assert [day.day.day for day in days if day.count] == [19]
    assert [day.is_today for day in days] == [True, *[False] * 6]


def test_everybody_sees_what_they_may_view() -> None:
    make_week()

    assert titles(staff.account("Author")) == {19: ["Live"], 20: ["Scheduled"], 23: ["Zhou Mei"], 24: ["Last second"]}
    assert titles(staff.account("Service desk")) == {22: ["Snow"]}
    assert week_ahead(staff.account(), now=NOW) == []


def test_day_shows_the_first_three_and_the_number_of_others_with_the_same_queries() -> None:
    user, counts = staff.account("Editor"), []
    for number in (1, 40):
        for minute in range(number):
            news.article(f"Number {minute}", publish_at=at(20, 10, minute))
        with CaptureQueriesContext(connection) as queries:
            day = week_ahead(user, now=NOW)[2]
        counts.append(len(queries))

    assert [event.text for event in day.first] == ["Number 0", "Number 0", "Number 1"]
    assert (day.count, day.more) == (41, 38)
    assert counts[1] <= counts[0]


def test_later_days_are_counted_after_a_day_with_thousands() -> None:
    user = staff.account("Editor")
    import_article = news.article("Import", publish_at=at(19))
    fields = {field.attname: getattr(import_article, field.attname) for field in Article._meta.concrete_fields}
    unique = ("id", "slug", "external_id", "uuid", "key")
    shared = {name: value for name, value in fields.items() if name not in unique}
    Article.objects.bulk_create([Article(**shared, slug=f"import-{number}") for number in range(1200)])
    news.article("First of the morning", publish_at=at(19, 8))
    news.article("Last second", publish_at=at(24, 23, 59))
    news.article("Expires", expire_at=at(24, 12))

    with CaptureQueriesContext(connection) as queries:
        days = week_ahead(user, now=NOW)

    assert {day.day.day: day.count for day in days if day.count} == {19: 1202, 24: 2}
    assert days[1].first[0].text == "First of the morning"
    assert [event.text for event in days[6].first] == ["Expires", "Last second"]
    # Rights, all days, and the titles of articles.
    assert len(queries) <= 6


def test_home_page_links_each_day_to_the_calendar() -> None:
    news.article("Fast <b> trains", publish_at=at(20))

    page = staff.sign_in(role="Editor").get("/admin/").content.decode()

    assert 'href="/admin/calendar/?view=week&amp;day=2026-03-20"' in page
    assert "Fast &lt;b&gt; trains" in page
    assert page.count("strip-empty") == 6


def test_home_page_says_that_nothing_is_scheduled() -> None:
    assert (
        "Nothing is scheduled for the next seven days." in staff.sign_in(role="Editor").get("/admin/").content.decode()
    )
    assert "week-ahead" not in staff.sign_in(staff.account(username="no-role")).get("/admin/").content.decode()
