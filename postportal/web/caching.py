"""Cache policies of responses, and which of them have validators. urls.py assigns a policy to every URL pattern."""

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import add_never_cache_headers, patch_cache_control

from postportal.web.conditional import has_version, not_modified, version_tag, with_content_tag

View = Callable[..., HttpResponseBase]
Patterns = Sequence[URLPattern | URLResolver]


def has_session(request: HttpRequest) -> bool:
    """Return True if the reader may be logged in, without loading the session: anonymous readers all get the same page,
    which needs neither a cookie nor a Vary header."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def use_parameters(request: HttpRequest, *names: str) -> None:
    """Note that the response depends on these query parameters. Only URLs whose parameters are all used and have few
    values may fill the page cache."""
    request.used_parameters = {*getattr(request, "used_parameters", ()), *names}  # type: ignore[attr-defined]


def cache_publicly(patterns: Patterns) -> Patterns:
    """Let proxies cache these pages for a second: long enough for a rush of readers, too short to break an embargo.
    They may show the old page for another second while they fetch the new one, and for a minute if they cannot."""
    return decorate(patterns, _with_public_policy)


def forbid_caching(patterns: Patterns) -> Patterns:
    """Forbid browsers and proxies to cache these pages."""
    return decorate(patterns, _without_caching)


def _with_public_policy(view: View) -> View:
    @wraps(view)
    def cached_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if has_session(request) or not response.has_header("Cache-Control"):
            set_public_cache_policy(response, request=request)
        return _with_validator(response, request=request)

    return cached_view


def unless_current(request: HttpRequest, version: Any, render: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return a 304 without rendering if the client has this version of a public response, or else the response with
    its ETag. `version` holds everything that the response shows."""
    if has_session(request):
        return render()
    tag = version_tag(request.path, version)
    if has_version(request, tag):
        return not_modified(tag)
    response = render()
    response.headers["ETag"] = tag
    return response


def _with_validator(response: HttpResponseBase, *, request: HttpRequest) -> HttpResponseBase:
    """Give a public page the ETag of its content, or replace it by a 304. Pages of somebody who may be logged in get
    none: an ETag would say whether two people see the same."""
    if response.status_code != 200 or response.streaming or has_session(request) or "ETag" in response.headers:
        return response
    if not getattr(response, "is_rendered", True):
        response.add_post_render_callback(partial(_with_validator, request=request))  # type: ignore[attr-defined]
        return response
    return with_content_tag(response, request=request)


def set_public_cache_policy(response: HttpResponseBase, *, request: HttpRequest) -> None:
    """Set the policy of public pages, also on responses that no URL pattern covers: not found, gone, redirected."""
    if has_session(request):
        add_never_cache_headers(response)
    else:
        # Not longer: anything on a page can be withdrawn or expire (ADR 49).
        patch_cache_control(response, public=True, max_age=0, s_maxage=1, stale_while_revalidate=1, stale_if_error=60)


def _without_caching(view: View) -> View:
    @wraps(view)
    def uncached_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return uncached_view


def decorate(patterns: Patterns, decorator: Callable[[View], View]) -> Patterns:
    """Apply the decorator to the views of these URL patterns, in place."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            decorate(pattern.url_patterns, decorator)
        else:
            pattern.callback = decorator(pattern.callback)
    return patterns
