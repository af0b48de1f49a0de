"""Answers for URLs that have moved, and for items that are no longer public."""

import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from postportal.pages.models import Redirect
from postportal.pages.views.errors import item_gone, not_found, page_gone
from postportal.publishing.models import Publishable
from postportal.publishing.visibility import Gone
from postportal.richtext.safe_links import is_safe_link
from postportal.web.caching import set_public_cache_policy
from postportal.web.request_time import request_time

MAX_REDIRECT_STEPS = 5
WEB_URL = re.compile(r"https?://|/", re.IGNORECASE)


class RedirectMiddleware:
    """Redirect old URLs. Looks for a redirect only after a 404, so that existing pages cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in {"GET", "HEAD"}:
            return _redirect_or_gone(request) or response
        return response


class GoneMiddleware:
    """Answer requests for items that are no longer public with the page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return item_gone(request, exception.item) if isinstance(exception, Gone) else None


class NotFoundMiddleware:
    """Show the portal's own page instead of Django's list of URLs when nothing is found while DEBUG is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DEBUG:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_technical = response.status_code == 404 and b"DEBUG = True" in getattr(response, "content", b"")
        return not_found(request, Http404()) if is_technical else response


def _redirect_or_gone(request: HttpRequest) -> HttpResponseBase | None:
    row = _find_redirect(request)
    if row is None:
        return None
    if row.gone_reason:
        return page_gone(request, reason=row.gone_reason, removed_at=row.created_at)
    at = request_time(request)
    target = row.target
    if isinstance(target, Publishable) and target.is_gone(at):
        return item_gone(request, target)
    url = row.destination(at)
    if not WEB_URL.match(url) or not is_safe_link(url) or _is_circular(row, request=request):
        return None
    response = HttpResponsePermanentRedirect(url)
    # Browsers must not store it: another item may get the old URL, or the target may be hidden.
    set_public_cache_policy(response, request=request)
    return response


def _find_redirect(request: HttpRequest) -> Redirect | None:
    """Return the redirect for the full URL, or else for its path, both as sent and percent-decoded."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    for path in _path_variants(request):
        row = Redirect.objects.for_address(host=host.lower(), path=path).first()
        if row:
            return row
    return None


def _path_variants(request: HttpRequest) -> list[str]:
    query = request.META.get("QUERY_STRING", "")
    raw = request.get_full_path().partition("?")[0]
    paths = [request.path, raw]
    if request.path.endswith("/") and request.path != "/":
        # CommonMiddleware has already added the slash if it was missing.
        paths += [request.path.rstrip("/"), raw.rstrip("/")]
    with_query = [f"{path}?{query}" for path in paths] if query else []
    return list(dict.fromkeys([*with_query, *paths]))


def _is_circular(row: Redirect, *, request: HttpRequest) -> bool:
    """Return True if redirects to URLs form a circle. Redirects to items cannot: an item is at its own URL."""
    seen = set(_path_variants(request))
    for _step in range(MAX_REDIRECT_STEPS):
        url = row.new_address
        if url in seen:
            return True
        seen.add(url)
        next_row = Redirect.objects.for_address(host="", path=url).first() if url.startswith("/") else None
        if next_row is None:
            return False
        row = next_row
    return True
