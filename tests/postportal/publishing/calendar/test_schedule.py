"""Future events of the portal."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User

from postportal.publishing.calendar.schedule import calendar_events, upcoming_querysets
from postportal.publishing.models import State
from postportal.publishing.workflow import steps
from tests.factories import editorial, news, pages, staff
from tests.factories.releases import launch_release

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2126, 3, 18, 4, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


def events(user: User, start: dt.datetime = NOW, end: dt.datetime = NOW + 7 * DAY) -> list[tuple[str, str]]:
    found = calendar_events(user, now=NOW, start=start, end=end)
    return [(event.text, event.event_type.value) for event in found]


def test_each_type_of_event_is_listed_once_in_order() -> None:
    author, editor = staff.account("Author"), staff.account("Editor")
    live = editorial.correction(news.article("Live", standfirst="By rail."), by=author, title="Better")
    steps.perform("schedule", live, by=editor, due_at=NOW + DAY)
    editorial.scheduled_article("Scheduled", by=author, scheduled_by=editor, due_at=NOW + 2 * DAY)
    news.article("Embargoed", publish_at=NOW + 3 * DAY)
    pages.notice("Snow", expire_at=NOW + 4 * DAY)
    launch_release(at=NOW + 5 * DAY, name="Launch")
    news.article("Draft", state=State.DRAFT, publish_at=NOW + DAY)

    assert events(staff.account("Publisher")) == [
        ("Live", "correction"),
        ("Scheduled", "scheduled"),
        ("Embargoed", "embargo"),
        ("Snow", "expiry"),
        ("Launch", "release"),
    ]


@pytest.mark.parametrize(
    ("at", "is_listed"), [(NOW, False), (NOW + DAY - SECOND, False), (NOW + DAY, True), (NOW + 2 * DAY, False)]
)
def test_start_is_included_and_end_is_not(at: dt.datetime, is_listed: bool) -> None:
    pages.notice("Snow", publish_at=at)

    found = events(staff.account("Editor"), start=NOW + DAY, end=NOW + 2 * DAY)

    assert found == ([("Snow", "embargo")] if is_listed else [])


def test_past_events_are_not_listed() -> None:
    pages.notice("Snow", publish_at=NOW - DAY, expire_at=NOW)

    assert events(staff.account("Editor"), start=NOW - 7 * DAY) == []


def test_events_of_models_that_the_user_cannot_view_are_left_out() -> None:
    news.article("Embargoed", publish_at=NOW + DAY)

    assert events(staff.account("Service desk")) == []
    assert upcoming_querysets(staff.account(), NOW) == []


def test_number_of_upcoming_rows_is_that_of_the_events() -> None:
    author, editor = staff.account("Author"), staff.account("Editor")
    editorial.scheduled_article("Scheduled", by=author, scheduled_by=editor, due_at=NOW + DAY)
    pages.notice("Snow", publish_at=NOW + DAY, expire_at=NOW + 2 * DAY)
    publisher = staff.account("Publisher")

    assert sum(rows.count() for rows in upcoming_querysets(publisher, NOW)) == len(events(publisher)) == 3


def test_number_of_queries_does_not_depend_on_the_number_of_events(django_assert_max_num_queries: Any) -> None:
    editor = staff.account("Editor")

    def make(name: str) -> None:
        news.article(name, publish_at=NOW + DAY)
        news.appointment(publish_at=NOW + DAY)

    make("First")
    with django_assert_max_num_queries(60) as first:
        events(editor)
    make("Second")
    make("Third")
    with django_assert_max_num_queries(len(first)):
        assert len(events(editor)) == 6
