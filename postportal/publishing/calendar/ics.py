"""Future events in iCalendar format."""

import datetime as dt

from icalendar import Calendar
from icalendar import Event as Entry

from postportal.publishing.calendar.schedule import CalendarEvent


def render_ics(events: list[CalendarEvent], *, now: dt.datetime, name: str, root: str, domain: str) -> bytes:
    """Return the events as iCalendar (RFC 5545). `now` is the time of the calendar, the same for all its versions
    between which nothing changed. `root` is the URL of the portal without a slash at the end,
    `domain` the one that its IDs contain."""
    calendar = Calendar()
    calendar.add("prodid", "-//PostPortal//Staff calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for event in events:
        entry = Entry()
        entry.add("uid", f"{event.uid}@{domain}")
        entry.add("dtstamp", now.astimezone(dt.UTC))
        entry.add("dtstart", event.at.astimezone(dt.UTC))
        entry.add("summary", f"{event.event_type.label}: {event.text}")
        entry.add("categories", [event.kind])
        entry.add("url", f"{root}{event.url}")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
