"""The calendar feed."""

import datetime as dt

from icalendar import Calendar

from postportal.publishing.calendar.ics import render_ics
from postportal.publishing.calendar.schedule import CalendarEvent, CalendarEventType

NOW = dt.datetime(2026, 3, 18, 4, tzinfo=dt.UTC)
BEIJING = dt.timezone(dt.timedelta(hours=8))


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
