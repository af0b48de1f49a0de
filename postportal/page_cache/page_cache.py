"""Whole public pages, kept in the process and answered before Django (ADR 44)."""

import datetime as dt
import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from postportal.page_cache import answers
from postportal.page_cache.addresses import address_of, key_of
from postportal.page_cache.changes import EVERYTHING, Changes, Drop
from postportal.page_cache.recording import READERS_GET, Recording, set_recording
from postportal.page_cache.store import Key, Page, PageStore, as_page, is_affected
from postportal.web.request_metrics import ROUTE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)
# How long a request waits for another one that renders the same page.
MAX_WAIT_SECONDS = 5
# Changes that a page being rendered can be compared with.
MAX_RECENT = 1000
# Keys of URLs whose pages are not kept, so that nobody waits for them.
MAX_UNKEPT = 10_000
# How long pages are used while the database cannot be reached and Django can only apologise.
MAX_STALE = dt.timedelta(minutes=1)
NOTHING_KEPT = "nothing is kept in previews, during migrations, while something is due, or without the database"


class PageCache:
    """WSGI application that answers with kept pages, and asks `application` for all others.

    A page is never older than the last committed change when the request arrived: before each answer, the changes
    since the last one are read from the database. If that fails, no kept page is used."""

    def __init__(self, application: "WSGIApplication", *, max_bytes: int) -> None:
        self._application = application
        self._store = PageStore(max_bytes)
        self._changes = Changes()
        self._lock = threading.RLock()
        self._rendering: dict[Key, threading.Event] = {}
        self._unkept: set[Key] = set()
        # The changes of the last polls, and the number of all polls that found some.
        self._recent: deque[list[Drop]] = deque(maxlen=MAX_RECENT)
        self._serial = 0
        self._checked_at: dt.datetime | None = None
        self._changed_at: dt.datetime | None = None
        self._next_moment: dt.datetime | None = None
        self._next_due: dt.datetime | None = None
        # Since when the changes cannot be read.
        self._failed_at: dt.datetime | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self._ask_django(environ, start_response, {READERS_GET: lambda: self._explain(environ)})
        page = self._find(key)
        if page is None and key not in self._unkept:
            with self._turn(key) as has_waited:
                page = self._find(key) if has_waited else None
                return (
                    self._answer(page, environ, start_response) if page else self._render(key, environ, start_response)
                )
        if page is None:
            return self._render(key, environ, start_response)
        return self._answer(page, environ, start_response)

    def __len__(self) -> int:
        return len(self._store)

    def close(self) -> None:
        """Forget all pages and close the connection."""
        with self._lock:
            self._store.clear()
            self._forget()
            self._changes.close()

    def _find(self, key: Key) -> Page | None:
        if key not in self._store:
            return None
        with self._lock:
            now = dt.datetime.now(dt.UTC)
            return self._store.get(key, now=now) if self._is_current(now) else None

    @contextmanager
    def _turn(self, key: Key) -> Iterator[bool]:
        """Let one request at a time render a page; the others wait, and get True."""
        with self._lock:
            running = self._rendering.get(key)
            if running is None:
                mine = self._rendering[key] = threading.Event()
        if running is not None:
            running.wait(MAX_WAIT_SECONDS)
            yield True
            return
        try:
            yield False
        finally:
            with self._lock:
                del self._rendering[key]
            mine.set()

    def _render(self, key: Key, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun_at = timezone.now()
        recording = Recording(begin=lambda: self._begin(begun_at))
        set_recording(recording)
        started: list[Any] = []
        try:
            response = self._ask_django(environ, lambda *args: started.append(args))
        finally:
            recording.stop()
            set_recording(None)
        status, headers, *_rest = started[-1]
        stale = self._last_resort(key) if status.startswith("5") else None
        if not stale and not (recording.is_started and answers.is_keepable(status, headers)):
            self._note_unkept(key, why=recording.refusal or f"the response is “{status}” or not public")
            start_response(*started[-1])
            return response
        try:
            body = b"".join(response)
        finally:
            getattr(response, "close", lambda: None)()
        if stale:
            return self._answer(stale, environ, start_response)
        variants = answers.make_variants(headers, body, is_compressed=recording.is_kept)
        page = as_page(recording, variants, rendered_at=begun_at, ends_at=_next_midnight(begun_at))
        if recording.is_kept:
            self._keep(key, page, recording)
        else:
            self._note_unkept(key, why=recording.refusal)
        return self._answer(page, environ, start_response, is_hit=False)

    def _ask_django(
        self, environ: "WSGIEnvironment", start_response: Any, notes: dict[str, Any] | None = None
    ) -> Iterable[bytes]:
        """Return the response of Django. It gets a copy of the environment, since a view may take the condition out of
        it; only the name of the route comes back, for those who count requests."""
        own = {**environ, **(notes or {})}
        try:
            return self._application(own, start_response)
        finally:
            if ROUTE in own:
                environ[ROUTE] = own[ROUTE]

    def _begin(self, begun_at: dt.datetime) -> int | None:
        """Return the number of changes that the page begun at this time will show; None if that is not known. Its time
        was set before they were read, so it may miss a row whose time has come in between."""
        with self._lock:
            now = timezone.now()
            if not self._is_current(now):
                return None
            if self._changed_at and self._changed_at > begun_at and self._passed(begun_at, now):
                return None
            return self._serial

    def _keep(self, key: Key, page: Page, recording: Recording) -> None:
        """Keep the page unless something on it has changed since it was begun."""
        with self._lock:
            now = timezone.now()
            is_sure = (
                self._is_current(now) and recording.serial is not None and recording.is_timed(page.rendered_at, now)
            )
            if is_sure and not self._has_changed(recording):
                self._store.put(key, page)
                self._unkept.discard(key)
            else:
                self._store.note(key, "something changed while it was rendered")
        self._changes.trim()

    def _has_changed(self, recording: Recording) -> bool:
        """Return True if something on the page may have changed since it was begun."""
        count = self._serial - (recording.serial or 0)
        if count > len(self._recent):
            return True
        missed = [drop for drops in list(self._recent)[len(self._recent) - count :] for drop in drops]
        return is_affected(recording, missed) or self._store.disagrees_with(recording)

    def _is_current(self, now: dt.datetime) -> bool:
        """Drop what has changed. Return False if kept pages must not be used."""
        if connection.in_atomic_block:
            # A preview, which sees rows that nobody has committed. Values would be compared with these.
            return False
        try:
            self._read_changes(now)
        except Exception:
            logger.exception("The changes cannot be read, so all pages are rendered.")
            self._forget()
            self._failed_at = self._failed_at or now
            return False
        self._checked_at, self._failed_at = now, None
        # What is due is published by the next request that reaches Django.
        return self._changes.are_complete and (self._next_due is None or now < self._next_due)

    def _read_changes(self, now: dt.datetime) -> None:
        drops = self._changes.poll()
        is_moment = self._next_moment is not None and now >= self._next_moment
        if self._checked_at is None or now < self._checked_at:
            # The first look, or the clock was set back.
            drops = [EVERYTHING]
        elif is_moment:
            drops += self._changes.passed(self._checked_at, now)
        if drops or is_moment:
            self._store.drop(drops, now=now)
            self._next_moment, self._next_due = self._changes.next_moments(now)
            self._recent.append(drops)
            self._serial += 1
            self._changed_at = now

    def _passed(self, since: dt.datetime, until: dt.datetime) -> bool:
        """Return True if the time of any row has come in between, or that is not known."""
        try:
            return bool(self._changes.passed(since, until))
        except Exception:
            logger.exception("The changes cannot be read, so the page is not kept.")
            return True

    def _last_resort(self, key: Key) -> Page | None:
        """Return the page as it was when the database was last reached, unless that is long ago or one of the times
        that were known then has come."""
        with self._lock:
            now = timezone.now()
            times = [time for time in (self._next_moment, self._next_due) if time]
            if self._failed_at is None or now >= min([self._failed_at + MAX_STALE, *times]):
                return None
            return self._store.get(key, now=now)

    def _explain(self, environ: "WSGIEnvironment") -> str:
        """Return what readers get at this URL, and why."""
        key = address_of(environ)
        if key is None:
            return "miss; why=pages of such URLs are never kept"
        with self._lock:
            now = timezone.now()
            if not self._is_current(now):
                return f"miss; why={NOTHING_KEPT}"
            page = self._store.get(key, now=now)
            if page is None:
                return f"miss; why={self._store.reason(key)}"
            return f"hit; age={int((now - page.rendered_at).total_seconds())}"

    def _forget(self) -> None:
        """Begin anew: the next changes that are read drop all pages."""
        self._recent.clear()
        self._serial += MAX_RECENT
        self._checked_at = None

    def _note_unkept(self, key: Key, *, why: str) -> None:
        with self._lock:
            if len(self._unkept) >= MAX_UNKEPT:
                self._unkept.clear()
            self._unkept.add(key)
            self._store.note(key, why)

    def _answer(self, page: Page, environ: Any, start_response: Any, *, is_hit: bool = True) -> Iterable[bytes]:
        if is_hit:
            environ[ROUTE] = "page_cache"
        extra = [("X-Page-Cache", _describe(page, is_hit=is_hit))] if settings.DEBUG else []
        return answers.answer(page, environ, start_response, extra=extra)


def with_page_cache(application: "WSGIApplication") -> "WSGIApplication":
    """Put the page cache in front of the application, unless settings.PAGE_CACHE_MB is 0."""
    size = settings.PAGE_CACHE_MB
    return PageCache(application, max_bytes=size * 1024 * 1024) if size else application


def _describe(page: Page, *, is_hit: bool) -> str:
    age = int((timezone.now() - page.rendered_at).total_seconds())
    return f"{'hit' if is_hit else 'miss'}; age={age}"


def _next_midnight(now: dt.datetime) -> dt.datetime:
    """Return the next midnight of TIME_ZONE: from then on, “today” is another day."""
    tomorrow = timezone.localdate(now) + dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(tomorrow, dt.time.min))
