"""Record of what a page was made of, while it is rendered."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection, models

from postportal.page_cache.watched import labels_by_table
from postportal.replicas.reading import stay_with_primary

WORD = re.compile(r"[a-z_][a-z0-9_]*")
LAST_DAY = "9999-12-31"
# What tells views, in the environment of a request that the page cache has no part in, what readers get at the URL.
READERS_GET = "postportal.page_cache.readers_get"


class Dependency(NamedTuple):
    """Rows with this label, in this scope (such as “section_id=3”; blank: all), and from this day to that."""

    label: str
    scope: str = ""
    first: str = ""
    last: str = LAST_DAY


# No narrower scope than the tables that are read.
EVERYWHERE = Dependency("")


class Value(NamedTuple):
    """A value on the page that is made from many rows but seldom changes with them. It is computed again when one of
    its own dependencies has changed."""

    dependencies: frozenset[Dependency]
    compute: Callable[[dt.datetime], Any]
    value: Any


class Recording:
    """Dependencies of one page. It is kept only if its view has said so (`keep_pages`). `begin` returns the number of
    changes that the database had when the view began."""

    def __init__(self, *, begin: Callable[[], int | None] = lambda: None) -> None:
        self._begin = begin
        self.serial: int | None = None
        self.is_kept = self.is_started = False
        # Why the page is not kept, and the time that it shows.
        self.refusal = ""
        self.at: dt.datetime | None = None
        self.dependencies: set[Dependency] = set()
        self.values: dict[Hashable, Value] = {}
        self.ends_at: dt.datetime | None = None
        self._narrowed: set[str] = set()
        self._observed: Any = None

    def start(self) -> None:
        """Keep the page, and observe every query from now on. All go to the primary: a replica that is a second behind
        would make a page that is kept for as long as nothing changes."""
        stay_with_primary()
        self.serial = self._begin()
        self.is_kept = self.is_started = True
        self._observed = connection.execute_wrappers
        self._observed.append(self._observe)

    def refuse(self, why: str) -> None:
        self.is_kept, self.refusal = False, why

    def is_timed(self, first: dt.datetime, last: dt.datetime) -> bool:
        """Return True if the page shows a time within these. It does not if the clock was moved, or in a preview."""
        return self.at is not None and first <= self.at <= last

    def stop(self) -> None:
        if self._observed is not None:
            self._observed.remove(self._observe)
            self._observed = None

    def _observe(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        for labels in _tables_in(str(sql)):
            if labels == ("",):
                self.refuse("it reads a table that is not watched")
            elif not (len(labels) > 1 and self._narrowed & set(labels)):
                self.dependencies.update(Dependency(label) for label in labels if label not in self._narrowed)
        return execute(sql, params, many, context)

    def narrow(self, label: str) -> None:
        self._narrowed.add(label)

    @contextmanager
    def narrowed_to(self, label: str) -> Iterator[None]:
        before, self._narrowed = self._narrowed, self._narrowed | {label}
        try:
            yield
        finally:
            self._narrowed = before

    def add_value(self, key: Hashable, compute: Callable[[dt.datetime], Any], *, at: Any, within: Dependency) -> Any:
        """Return the value at the time `at`. The page does not depend on what its queries read: the value does."""
        of_page = self.dependencies, self._narrowed
        self.dependencies, self._narrowed = set(), {within.label} - {""}
        try:
            value = compute(at)
            found = frozenset(self.dependencies | ({within} if within.label else set()))
        finally:
            self.dependencies, self._narrowed = of_page
        self.values[key] = Value(found, compute, value)
        return value


_current: ContextVar[Recording | None] = ContextVar("page recording", default=None)


def current_recording() -> Recording | None:
    return _current.get()


def set_recording(recording: Recording | None) -> None:
    _current.set(recording)


def narrow(label: str, **scopes: Any) -> None:
    """Declare that the page depends on those rows of this label only that are in the scope, besides the rows it loads.

    Every list that the page makes of the label has to be declared, before its query. One scope a call, such as
    `section_id=3`; `first` and `last` limit it to days. Without a scope, the page depends on no list."""
    recording = _current.get()
    if recording is None or not recording.is_kept:
        return
    recording.narrow(label)
    days = [str(scopes.pop(name, None) or default) for name, default in (("first", ""), ("last", LAST_DAY))]
    for name, value in scopes.items():
        recording.dependencies.add(Dependency(label, f"{name}={value}", *days))


@contextmanager
def only_rows(label: str, keys: Collection[int]) -> Iterator[None]:
    """Declare that the queries within look for these rows of the label and make no list of it. The page also depends on
    those that it does not find: they may become public."""
    recording = _current.get()
    if recording is None or not recording.is_kept:
        yield
        return
    with recording.narrowed_to(label):
        recording.dependencies.update(Dependency(label, f"id={key}") for key in keys)
        yield


def changes_at(moment: dt.datetime) -> None:
    """Declare that the page changes at this moment."""
    recording = _current.get()
    if recording is not None:
        recording.ends_at = min(recording.ends_at or moment, moment)


def by_value(
    key: Hashable, compute: Callable[[dt.datetime], Any], *, at: dt.datetime, within: Dependency = EVERYWHERE
) -> Any:
    """Return what `compute` returns for the time `at`. When rows that its queries read have changed, it is computed
    again, and the page is dropped only if it differs. Of the label of `within`, only rows in that scope count. The key
    names the value: equal keys are equal computations."""
    recording = _current.get()
    if recording is None or not recording.is_kept:
        return compute(at)
    return recording.add_value(key, compute, at=at, within=within)


class Recorded(models.Model):
    """A row that notes on the page that shows it that it was loaded."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        row = super().from_db(*args, **kwargs)
        recording = _current.get()
        if recording is not None and recording.is_kept:
            recording.dependencies.add(Dependency(cls._meta.label_lower, f"id={row.pk}"))
        return row


@lru_cache(maxsize=4096)
def _tables_in(sql: str) -> tuple[tuple[str, ...], ...]:
    tables = labels_by_table()
    return tuple({tables[word] for word in set(WORD.findall(sql)) if word in tables})
