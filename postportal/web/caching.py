"""Who may keep an answer. urls.py says which policy an address has."""

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
    """True where the reader may be signed in. Asked before anything touches the session: anonymous readers all get the
    same page, which then needs neither a cookie nor a Vary header."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def cache_publicly(patterns: Patterns) -> Patterns:
    """Let proxies keep these pages for a second: enough for a rush of readers, too short for an embargo to slip."""
    return _decorate(patterns, _with_public_policy)


def forbid_caching(patterns: Patterns) -> Patterns:
    """Let nobody keep these pages."""
    return _decorate(patterns, _without_caching)


def _with_public_policy(view: View) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if has_session(request) or not response.has_header("Cache-Control"):
            set_public_cache_policy(response, request=request)
        return response

    return kept


def set_public_cache_policy(response: HttpResponseBase, *, request: HttpRequest) -> None:
    """The policy of public pages, also for answers that no view of a pattern gives: what is missing, gone or moved."""
    if has_session(request):
        add_never_cache_headers(response)
    else:
        patch_cache_control(response, public=True, max_age=0, s_maxage=1, stale_if_error=600)


def _without_caching(view: View) -> View:
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return kept


def _decorate(patterns: Patterns, decorator: Callable[[View], View]) -> Patterns:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _decorate(pattern.url_patterns, decorator)
        else:
            pattern.callback = decorator(pattern.callback)
    return patterns
