"""The calendar feed."""

import datetime as dt

import pytest
from icalendar import Calendar

from postportal.publishing.calendar.ics import make_token, render_ics, token_owner
from postportal.publishing.calendar.schedule import CalendarEvent, CalendarEventType
from tests.factories import staff

NOW = dt.datetime(2026, 3, 18, 4, tzinfo=dt.UTC)
BEIJING = dt.timezone(dt.timedelta(hours=8))


@pytest.mark.django_db
def test_token_belongs_to_its_account() -> None:
    user = staff.account("Editor")

    assert token_owner(make_token(user)) == user


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_forged_token_is_not_valid(token: str) -> None:
    assert token_owner(token) is None


@pytest.mark.django_db
def test_changed_token_is_not_valid() -> None:
    token = make_token(staff.account("Editor"))

    assert token_owner(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


@pytest.mark.django_db
def test_token_ends_with_the_password() -> None:
    user = staff.account("Editor")
    token = make_token(user)
    user.set_password("new")
    user.save()

    assert token_owner(token) is None


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_token_of_an_account_that_may_not_log_in_is_not_valid(field: str) -> None:
    user = staff.account("Editor")
    token = make_token(user)
    setattr(user, field, False)
    user.save()

    assert token_owner(token) is None


def test_events_have_an_id_and_times_in_utc() -> None:
    event = CalendarEvent(
        at=dt.datetime(2026, 3, 20, 9, 30, tzinfo=BEIJING),
        event_type=CalendarEventType.EXPIRY,
        text="Snow",
        kind="Service notice",
        label="pages.ServiceNotice",
        pk=7,
    )

    content = render_ics([event], now=NOW, name="Yunhai Post", root="https://new.example", domain="post.example")

    [entry] = Calendar.from_ical(content).walk("VEVENT")
    assert str(entry["uid"]) == "pages.servicenotice-7-expiry@post.example"
    assert str(entry["summary"]) == "Expiry: Snow"
    assert str(entry["url"]) == "https://new.example/admin/pages/servicenotice/7/change/"
    assert b"DTSTART:20260320T013000Z" in content
    assert b"X-WR-CALNAME:Yunhai Post" in content
