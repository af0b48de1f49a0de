"""Access to single items for readers. Every view that shows one item at its own URL fetches it here."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db.models import Manager, Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from postportal.publishing.models import PubliclyTimed, Publishable
from postportal.web.request_time import request_time

Item = TypeVar("Item", bound=PubliclyTimed)

_picture_filters: list[Callable[[Publishable], None]] = []


class Gone(Http404):
    """The item was public once and readers may know that it was removed.

    `GoneMiddleware` answers with the page that says why (410). Code that does not know the difference sees a 404."""

    def __init__(self, item: Publishable) -> None:
        super().__init__(f"No longer public: {item._meta.label} {item.pk}")
        self.item = item


def public_or_404(
    request: HttpRequest,
    rows: "QuerySet[Item] | Manager[Item]",
    *,
    prefetch: Sequence[str | Prefetch] = (),
    **lookup: Any,
) -> Item:
    """Return the row of `rows` that matches `lookup`, if its page is public at the time of the request.

    Pass rows that are not filtered by visibility: whether an item is gone can only be told from its row. A withdrawn
    item has a page, which shows a notice (`Publishable.is_withdrawn`). Related rows belong in `prefetch`, because they
    are loaded afterwards: otherwise the time of the answer would tell whether there is a hidden item.

    Raises Http404 if there is no such row or readers may not know of it, and Gone if they knew it."""
    at = request_time(request)
    item = _require_public(get_object_or_404(rows, **lookup), at)
    prefetch_related_objects([item], *prefetch)
    return _as_shown(request, item)


def require_public(request: HttpRequest, item: Item | None) -> Item:
    """Return a row that is already loaded, on the terms of `public_or_404`."""
    return _as_shown(request, _require_public(item, request_time(request)))


def register_picture_filter(remove_pictures: Callable[[Publishable], None]) -> None:
    """Call `remove_pictures` with each item whose page is shown while its pictures are not public, after its related
    rows have been loaded: withdrawn items, and those that hold their pictures back. What it removes from them is not
    on the page."""
    _picture_filters.append(remove_pictures)


def show_held_back_pictures(request: HttpRequest) -> None:
    """Let the page of an item show its pictures before their day: for previews."""
    request.shows_held_back_pictures = True  # type: ignore[attr-defined]


def _as_shown(request: HttpRequest, item: Item) -> Item:
    at = request_time(request)
    if isinstance(item, Publishable) and (item.is_withdrawn(at) or _holds_back_pictures(request, item)):
        for remove_pictures in _picture_filters:
            remove_pictures(item)
    return item


def _holds_back_pictures(request: HttpRequest, item: Publishable) -> bool:
    return not getattr(request, "shows_held_back_pictures", False) and item.holds_back_pictures(request_time(request))


def _require_public(item: Item | None, at: dt.datetime) -> Item:
    if isinstance(item, Publishable) and item.is_gone(at):
        raise Gone(item)
    if item is None or not item.has_page(at):
        raise Http404("Not public")
    return item
