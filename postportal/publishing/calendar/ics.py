"""The calendar feed: future events in iCalendar format, at a secret URL for each account."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare
from icalendar import Calendar
from icalendar import Event as Entry

from postportal.publishing.calendar.schedule import CalendarEvent

# Signs the URLs that calendars subscribe to: do not change it, even if the module is renamed.
SALT = "postportal.publishing.calendar_feed"
# This much of the session hash is enough to distinguish passwords.
SESSION_HASH_LENGTH = 20


def make_token(user: Any) -> str:
    """Return the token for the feed URL. It cannot be guessed and becomes invalid when the password changes."""
    return _signer().sign_object([user.pk, _session_hash(user)])


def token_owner(token: str) -> Any:
    """Return the account of the token, or None if the token is not valid or the account may not log in."""
    try:
        pk, session_hash = _signer().unsign_object(token)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(session_hash, _session_hash(user)) else None


def render_ics(events: list[CalendarEvent], *, now: dt.datetime, name: str, root: str, domain: str) -> bytes:
    """Return the events as iCalendar (RFC 5545). `root` is the URL of the portal without a slash at the end,
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


def _session_hash(user: Any) -> str:
    hash_: str = user.get_session_auth_hash()
    return hash_[:SESSION_HASH_LENGTH]


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")
