"""Cache policies of responses. urls.py assigns one to every URL pattern."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import add_never_cache_headers, patch_cache_control

View = Callable[..., HttpResponseBase]
Patterns = Sequence[URLPattern | URLResolver]


def has_session(request: HttpRequest) -> bool:
    """Return True if the reader may be logged in, without loading the session: anonymous readers all get the same page,
    which needs neither a cookie nor a Vary header."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def cache_publicly(patterns: Patterns) -> Patterns:
    """Let proxies cache these pages for a second: long enough for a rush of readers, too short to break an embargo."""
    return _decorate(patterns, _with_public_policy)


def forbid_caching(patterns: Patterns) -> Patterns:
    """Forbid browsers and proxies to cache these pages."""
    return _decorate(patterns, _without_caching)


def _with_public_policy(view: View) -> View:
    @wraps(view)
    def cached_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if has_session(request) or not response.has_header("Cache-Control"):
            set_public_cache_policy(response, request=request)
        return response

    return cached_view


def set_public_cache_policy(response: HttpResponseBase, *, request: HttpRequest) -> None:
    """Set the policy of public pages, also on responses that no URL pattern covers: not found, gone, redirected."""
    if has_session(request):
        add_never_cache_headers(response)
    else:
        patch_cache_control(response, public=True, max_age=0, s_maxage=1, stale_if_error=600)


def _without_caching(view: View) -> View:
    @wraps(view)
    def uncached_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return uncached_view


def _decorate(patterns: Patterns, decorator: Callable[[View], View]) -> Patterns:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _decorate(pattern.url_patterns, decorator)
        else:
            pattern.callback = decorator(pattern.callback)
    return patterns
