"""Sessions of a person. What the list shows is in the sessions themselves, so it cannot differ from them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from postportal.staff.browser_names import browser_name
from postportal.staff.time_zones import remember_zone

_FACTS = "login"
# How exact the time of the last request is: each note of it is a write.
NOTE_EVERY = dt.timedelta(minutes=5)
MAX_USER_AGENT = 300
# How long a login, or a check of who sits there, is enough to change how one logs in.
FRESH_FOR = dt.timedelta(minutes=10)


class LoginSession(NamedTuple):
    """One browser in which a person is logged in."""

    key: str
    browser: str
    since: dt.datetime | None
    seen_at: dt.datetime | None
    is_current: bool


def note_login(request: HttpRequest) -> None:
    """Write into the session from which browser it is, and the time zone of its person. To be called after a login."""
    now = timezone.now().isoformat()
    agent = request.headers.get("User-Agent", "")[:MAX_USER_AGENT]
    request.session[_FACTS] = {"agent": agent, "since": now, "seen": now}
    remember_zone(request)


def note_use(request: HttpRequest) -> None:
    """Note in the session that it is used now, unless that was noted in the last minutes."""
    facts = request.session.get(_FACTS)
    if facts and "seen" in facts and timezone.now() - dt.datetime.fromisoformat(facts["seen"]) >= NOTE_EVERY:
        request.session[_FACTS] = {**facts, "seen": timezone.now().isoformat()}


def note_confirmation(request: HttpRequest) -> None:
    """Note in the session that the user has just proved to be there."""
    request.session[_FACTS] = {**request.session.get(_FACTS, {}), "confirmed": timezone.now().isoformat()}


def is_fresh(request: HttpRequest) -> bool:
    """Return True if the user has logged in or proved to be there a moment ago."""
    facts = request.session.get(_FACTS) or {}
    times = [dt.datetime.fromisoformat(facts[name]) for name in ("since", "confirmed") if name in facts]
    return any(timezone.now() - at < FRESH_FOR for at in times)


def login_sessions(request: HttpRequest) -> list[LoginSession]:
    """Return the sessions of the user of the request, this one first."""
    found = []
    for key, data in _sessions_of(request.user):
        facts = data.get(_FACTS) or {}
        times = [dt.datetime.fromisoformat(facts[name]) if name in facts else None for name in ("since", "seen")]
        is_current = key == request.session.session_key
        found.append(LoginSession(key, browser_name(facts.get("agent", "")), times[0], times[1], is_current))
    earliest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda row: (row.is_current, row.seen_at or earliest), reverse=True)


def log_out_elsewhere(request: HttpRequest) -> int:
    """End all other sessions of the user and return how many there were."""
    others = [key for key, _data in _sessions_of(request.user) if key != request.session.session_key]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)


def _sessions_of(user: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield key and content of the user's sessions. The table has no column for the user, and few rows: readers get no
    session."""
    rows = Session.objects.filter(expire_date__gt=timezone.now())
    for session in rows.order_by("session_key").iterator(chunk_size=500):
        data = session.get_decoded()
        # A session from before the last change of the password is not logged in any more.
        is_valid = constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        if data.get(SESSION_KEY) == str(user.pk) and is_valid:
            yield session.session_key, data
