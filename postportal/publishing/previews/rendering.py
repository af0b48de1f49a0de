"""Rendering of an item's page as it would be published now: real rows and the real view, in a dry run."""

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
from postportal.publishing.previews.corrections import note_errata, shown_content
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.visibility import show_held_back_pictures
from postportal.staff.database_rules import refusal_text

# Headers of the previewing user that must not reach the page.
STRIPPED_HEADERS = ("HTTP_COOKIE", "HTTP_IF_", "HTTP_RANGE", "HTTP_AUTHORIZATION", "CONTENT_")


class CannotRender(Exception):  # noqa: N818
    """Raised with an explanation for editors if the page cannot be rendered."""


def render_content(
    item: Publishable,
    content: snapshots.Content | None,
    *,
    request: HttpRequest,
    at: dt.datetime,
    banner: PreviewBanner,
) -> HttpResponse:
    """Return the page of the item with this content, or with its rows if `content` is None. With the unpublished
    changes, as their publication would make it."""
    edition = open_edition(item)
    is_unpublished = content is not None and edition is not None and edition.content == content
    with translation.override(language_of(item)):
        try:
            with snapshots.dry_run():
                shown = shown_content(item, at=at) if is_unpublished else None
                # A draft, so that the rules for published items do not apply until its blank fields are filled in.
                item.state = State.DRAFT
                if content is not None:
                    _apply(item, content)
                    note_errata(item, shown=shown, content=content, at=at)
                return render_item(item, request=request, at=at, banner=banner)
        except CannotRender as error:
            return render_explanation(str(error), request=request, banner=banner)


def render_item(item: Publishable, *, request: HttpRequest, at: dt.datetime, banner: PreviewBanner) -> HttpResponse:
    """Publish the item in the database at `at`, and return its page. Only for use in a dry run. Raises CannotRender."""
    try:
        _publish_for_preview(item, at=at)
        url = item.get_absolute_url()  # type: ignore[attr-defined]
    except (IntegrityError, DataError) as error:
        raise CannotRender(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    except NoReverseMatch:
        raise CannotRender(_("The URL contains characters that are not allowed.")) from None
    reading = reader_request(request, url, at=at, banner=banner)
    show_held_back_pictures(reading)
    match = resolve(reading.path_info)
    reading.resolver_match = match
    try:
        response = match.func(reading, *match.args, **match.kwargs)
    except Http404:
        response = None
    if response is None or response.status_code != 200:
        raise CannotRender(_("Another page already uses this URL."))
    return HttpResponse(response.content)


def render_explanation(reason: str, *, request: HttpRequest, banner: PreviewBanner) -> HttpResponse:
    """Return an explanation instead of a page that cannot be rendered."""
    reading = reader_request(request, "/", at=None, banner=banner)
    return render(reading, "publishing/cannot_render.html", {"reason": reason}, status=409)


def language_of(item: Any) -> str:
    """Return the language of the item's page."""
    return getattr(item, "language", settings.LANGUAGE_CODE)


def reader_request(
    request: HttpRequest, url: str, *, at: dt.datetime | None, banner: PreviewBanner | None
) -> WSGIRequest:
    """Return the request of a reader without cookies for a URL of the portal."""
    path = unquote(url.removeprefix(get_script_prefix()[:-1]))
    environ = {
        **{name: value for name, value in request.META.items() if not name.startswith(STRIPPED_HEADERS)},
        "REQUEST_METHOD": "GET",
        # WSGI encodes bytes as Latin-1 characters.
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(),
    }
    reading: Any = WSGIRequest(environ)
    reading.user = AnonymousUser()
    reading.LANGUAGE_CODE = translation.get_language()
    reading.banner = banner
    if at is not None:
        reading.request_time = at
    return reading  # type: ignore[no-any-return]


def _apply(item: Publishable, content: snapshots.Content) -> None:
    try:
        snapshots.apply_content(item, content)
    except (IntegrityError, DataError) as error:
        raise CannotRender(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None


def _publish_for_preview(item: Publishable, *, at: dt.datetime) -> None:
    item.state = State.DRAFT
    item.fill_placeholders()
    item.state, item.withdrawal_reason = State.PUBLISHED, ""
    if item.publish_at is None or item.publish_at > at:
        item.publish_at = at
    if item.expire_at is not None and item.expire_at <= at:
        item.expire_at = None
    item.save()
