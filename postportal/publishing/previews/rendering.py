"""The page of an item as readers would get it if it went out now: real rows, the real view, and all of it undone."""

import datetime as dt
import io
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, get_script_prefix, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from postportal.publishing.models import Publishable, State
from postportal.publishing.previews.banner import PreviewBanner
from postportal.publishing.versions import snapshots

# What the one who looks sent along is not what the reader of the page sends.
STRIPPED_HEADERS = ("HTTP_COOKIE", "HTTP_IF_", "HTTP_RANGE", "HTTP_AUTHORIZATION", "CONTENT_")


class CannotRender(Exception):  # noqa: N818
    """Why there is no page to show, in words for its editor."""


def render_content(
    item: Publishable, content: snapshots.Content | None, *, request: HttpRequest, at: dt.datetime, bar: PreviewBanner
) -> HttpResponse:
    """The page of the item with this content; with what stands in its rows where it is None."""
    with translation.override(language_of(item)):
        try:
            with snapshots.dry_run():
                # Nothing that only readers' items need is asked of it before its blanks are filled.
                item.state = State.DRAFT
                if content is not None:
                    _apply(item, content)
                return render_item(item, request=request, at=at, bar=bar)
        except CannotRender as error:
            return render_explanation(str(error), request=request, bar=bar)


def render_item(item: Publishable, *, request: HttpRequest, at: dt.datetime, bar: PreviewBanner) -> HttpResponse:
    """The page of the item as it stands in the database, let out at this moment. Only inside a rehearsal; raises
    Undrawable."""
    try:
        _publish_for_preview(item, at=at)
        address = item.get_absolute_url()  # type: ignore[attr-defined]
    except (IntegrityError, DataError):
        raise CannotRender(_("A number or an address in it belongs to another item by now.")) from None
    except NoReverseMatch:
        raise CannotRender(_("Its address contains something that no address may contain.")) from None
    reading = reader_request(request, address, at=at, bar=bar)
    match = resolve(reading.path_info)
    reading.resolver_match = match
    try:
        response = match.func(reading, *match.args, **match.kwargs)
    except Http404:
        response = None
    if response is None or response.status_code != 200:
        raise CannotRender(_("Another page answers at its address."))
    return HttpResponse(response.content)


def render_explanation(reason: str, *, request: HttpRequest, bar: PreviewBanner) -> HttpResponse:
    """A friendly page instead of the one that cannot be drawn."""
    reading = reader_request(request, "/", at=None, bar=bar)
    return render(reading, "publishing/cannot_render.html", {"reason": reason}, status=409)


def language_of(item: Any) -> str:
    """The language that its page is written in."""
    return getattr(item, "language", settings.LANGUAGE_CODE)


def reader_request(
    request: HttpRequest, address: str, *, at: dt.datetime | None, bar: PreviewBanner | None
) -> WSGIRequest:
    """The request of a reader without any cookie who asks for this address of ours."""
    path = unquote(address.removeprefix(get_script_prefix()[:-1]))
    environ = {
        **{name: value for name, value in request.META.items() if not name.startswith(STRIPPED_HEADERS)},
        "REQUEST_METHOD": "GET",
        # As WSGI wants bytes to be written.
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(),
    }
    reading: Any = WSGIRequest(environ)
    reading.user = AnonymousUser()
    reading.LANGUAGE_CODE = translation.get_language()
    reading.bar = bar
    if at is not None:
        reading.moment = at
    return reading  # type: ignore[no-any-return]


def _apply(item: Publishable, content: snapshots.Content) -> None:
    try:
        snapshots.apply_content(item, content)
    except (IntegrityError, DataError):
        raise CannotRender(_("A number or an address in it belongs to another item by now.")) from None


def _publish_for_preview(item: Publishable, *, at: dt.datetime) -> None:
    item.state = State.DRAFT
    item.fill_placeholders()
    item.state, item.withdrawal_reason = State.PUBLISHED, ""
    if item.publish_at is None or item.publish_at > at:
        item.publish_at = at
    if item.expire_at is not None and item.expire_at <= at:
        item.expire_at = None
    item.save()
