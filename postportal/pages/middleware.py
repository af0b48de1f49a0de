import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from postportal.pages.models import Redirect
from postportal.pages.views.errors import item_gone, page_gone
from postportal.publishing.models import Publishable
from postportal.richtext.safe_links import is_safe_link
from postportal.web.caching import set_public_cache_policy
from postportal.web.request_time import request_time

MAX_REDIRECT_STEPS = 5
WEB_URL = re.compile(r"https?://|/", re.IGNORECASE)


class RedirectMiddleware:
    """Old addresses lead on. Only asked where there is nothing: a page that exists costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in {"GET", "HEAD"}:
            return _redirect_or_gone(request) or response
        return response


def _redirect_or_gone(request: HttpRequest) -> HttpResponseBase | None:
    row = _find_redirect(request)
    if row is None:
        return None
    if row.gone_reason:
        return page_gone(request, reason=row.gone_reason, since=row.created_at)
    at = request_time(request)
    target = row.target
    if isinstance(target, Publishable) and target.is_gone(at):
        return item_gone(request, target)
    address = row.destination(at)
    if not WEB_URL.match(address) or not is_safe_link(address) or _is_circular(row, request=request):
        return None
    response = HttpResponsePermanentRedirect(address)
    # Another item may take the address, or what it leads to may be hidden: browsers must not remember.
    set_public_cache_policy(response, request=request)
    return response


def _find_redirect(request: HttpRequest) -> Redirect | None:
    """The row for the whole address first, then for its path; each as it was sent and as it is read."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    for path in _address_variants(request):
        row = Redirect.objects.for_address(host=host.lower(), path=path).first()
        if row:
            return row
    return None


def _address_variants(request: HttpRequest) -> list[str]:
    query = request.META.get("QUERY_STRING", "")
    raw = request.get_full_path().partition("?")[0]
    paths = [request.path, raw]
    if request.path.endswith("/") and request.path != "/":
        # The portal itself adds the slash to addresses without one, before anybody looks here.
        paths += [request.path.rstrip("/"), raw.rstrip("/")]
    with_query = [f"{path}?{query}" for path in paths] if query else []
    return list(dict.fromkeys([*with_query, *paths]))


def _is_circular(row: Redirect, *, request: HttpRequest) -> bool:
    """True where typed addresses lead from one to the other in a circle. Items stand where they say."""
    seen = set(_address_variants(request))
    for _step in range(MAX_REDIRECT_STEPS):
        address = row.new_address
        if address in seen:
            return True
        seen.add(address)
        following = Redirect.objects.for_address(host="", path=address).first() if address.startswith("/") else None
        if following is None:
            return False
        row = following
    return True
