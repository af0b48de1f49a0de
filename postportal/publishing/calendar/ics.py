"""What is to come as a calendar that other programs read, under an address that belongs to one account."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare
from icalendar import Calendar
from icalendar import Event as Entry

from postportal.publishing.calendar.schedule import CalendarEvent

# Signs the URLs that calendars subscribe to, so it outlives the names of modules.
SALT = "postportal.publishing.calendar_feed"
# Enough of the mark that a session carries, too, to tell one password from the next.
SESSION_HASH_LENGTH = 20


def make_token(user: Any) -> str:
    """What makes the address: nobody can guess it, and it dies with the password that was valid when it was made."""
    return _signer().sign_object([user.pk, user.get_session_auth_hash()[:SESSION_HASH_LENGTH]])


def token_owner(token: str) -> Any:
    """The account the address belongs to; None where it is made up or out of date, or the account may not sign in."""
    try:
        pk, mark = _signer().unsign_object(token)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(mark, user.get_session_auth_hash()[:SESSION_HASH_LENGTH]) else None


def render_ics(events: list[CalendarEvent], *, now: dt.datetime, name: str, root: str) -> bytes:
    """The events as iCalendar (RFC 5545). `root` is the address of the portal, without a slash at its end."""
    calendar = Calendar()
    calendar.add("prodid", "-//PostPortal//Staff calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    host = root.partition("://")[2]
    for event in events:
        entry = Entry()
        entry.add("uid", f"{event.label.lower()}-{event.pk}-{event.event_type.value}@{host}")
        entry.add("dtstamp", now.astimezone(dt.UTC))
        entry.add("dtstart", event.at.astimezone(dt.UTC))
        entry.add("summary", f"{event.event_type.label}: {event.text}")
        entry.add("categories", [event.kind])
        entry.add("url", f"{root}{event.url}")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
