"""The kept pages of this process, found by address and by what they show."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable
from typing import Any, NamedTuple

from postportal.page_cache.changes import Drop
from postportal.page_cache.recording import Dependency, Recording, Value

Key = tuple[str, ...]
# What a page takes besides its bodies: its headers and its dependencies, each in two dicts.
OVERHEAD, DEPENDENCY_SIZE = 2000, 300
# URLs of which it is known why they have no page.
MAX_REASONS = 1000


class Variant(NamedTuple):
    """A page in one encoding, ready to be sent."""

    tag: str
    headers: list[tuple[str, str]]
    # Those of a 304.
    short_headers: list[tuple[str, str]]
    body: bytes


class Page(NamedTuple):
    # By content coding; "" is the page as rendered.
    variants: dict[str, Variant]
    rendered_at: dt.datetime
    ends_at: dt.datetime
    dependencies: frozenset[Dependency]
    values: dict[Hashable, Value]

    @property
    def size(self) -> int:
        bodies = sum(len(variant.body) for variant in self.variants.values())
        return OVERHEAD + bodies + DEPENDENCY_SIZE * len(self.dependencies)


class PageStore:
    """Pages up to a number of bytes; the one that has not been asked for longest goes first. Not safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._users: dict[tuple[str, str], dict[Key, list[Dependency]]] = {}
        self._values: dict[Hashable, Value] = {}
        self._value_users: dict[Hashable, set[Key]] = {}
        self._reasons: OrderedDict[Key, str] = OrderedDict()

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, key: Key) -> bool:
        return key in self._pages

    def get(self, key: Key, *, now: dt.datetime) -> Page | None:
        page = self._pages.get(key)
        if page is None:
            return None
        if not page.rendered_at <= now < page.ends_at:
            self.remove(key, why="its time was over")
            return None
        self._pages.move_to_end(key)
        return page

    def put(self, key: Key, page: Page) -> None:
        self.remove(key)
        if page.size > self.max_bytes // 4:
            self.note(key, "it is too large")
            return
        # One copy of each value for all pages.
        page = page._replace(values={name: self._values.setdefault(name, value) for name, value in page.values.items()})
        self._pages[key] = page
        self.size += page.size
        for dependency in page.dependencies:
            self._users.setdefault(dependency[:2], {}).setdefault(key, []).append(dependency)
        for name in page.values:
            self._value_users.setdefault(name, set()).add(key)
        while self.size > self.max_bytes:
            self.remove(next(iter(self._pages)), why="the memory was full")

    def note(self, key: Key, reason: str) -> None:
        """Note why there is no page."""
        self._reasons[key] = reason
        self._reasons.move_to_end(key)
        if len(self._reasons) > MAX_REASONS:
            self._reasons.popitem(last=False)

    def reason(self, key: Key) -> str:
        return self._reasons.get(key, "nobody has asked for it since all pages were dropped")

    def remove(self, key: Key, *, why: str = "") -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.note(key, why)
        self.size -= page.size
        for label, scope, _first, _last in page.dependencies:
            users = self._users.get((label, scope), {})
            users.pop(key, None)
            if not users:
                self._users.pop((label, scope), None)
        for name in page.values:
            self._value_users[name].discard(key)
            if not self._value_users[name]:
                del self._value_users[name], self._values[name]

    def clear(self) -> None:
        self.__init__(self.max_bytes)  # type: ignore[misc]

    def drop(self, drops: Iterable[Drop], *, now: dt.datetime) -> None:
        """Remove the pages that show what has changed."""
        drops = set(drops)
        if any(not drop.label for drop in drops):
            self.clear()
            return
        for drop in drops:
            for scope in ("", *sorted(drop.scopes)):
                users = self._users.get((drop.label, scope), {})
                stale = [key for key, found in users.items() if any(_covers(each, drop.day) for each in found)]
                for key in stale:
                    self.remove(key, why=f"{drop.label} {scope} changed")
        for name, value in list(self._values.items()):
            # Its pages may all be gone by now.
            if name in self._values and _hit(value.dependencies, drops) and value.compute(now) != value.value:
                for key in list(self._value_users[name]):
                    self.remove(key, why="the frame of all pages or the numbers of a list changed")

    def disagrees_with(self, recording: Recording) -> bool:
        """Return True if the page shows another state of a seldom changing value than the kept pages."""
        return any(
            name in self._values and self._values[name].value != value.value for name, value in recording.values.items()
        )


def is_affected(recording: Recording, drops: Collection[Drop]) -> bool:
    """Return True if the page may show the state before one of these changes."""
    of_values = (value.dependencies for value in recording.values.values())
    return any(not drop.label for drop in drops) or _hit(recording.dependencies.union(*of_values), drops)


def _hit(dependencies: Iterable[Dependency], drops: Iterable[Drop]) -> bool:
    scoped: dict[tuple[str, str], list[Dependency]] = {}
    for dependency in dependencies:
        scoped.setdefault(dependency[:2], []).append(dependency)
    return any(
        _covers(each, drop.day)
        for drop in drops
        for scope in ("", *drop.scopes)
        for each in scoped.get((drop.label, scope), ())
    )


def _covers(dependency: Dependency, day: str) -> bool:
    return not day or dependency.first <= day <= dependency.last


def as_page(recording: Recording, variants: dict[str, Any], *, rendered_at: dt.datetime, ends_at: dt.datetime) -> Page:
    end = min(ends_at, recording.ends_at) if recording.ends_at else ends_at
    return Page(variants, rendered_at, end, frozenset(recording.dependencies), recording.values)
