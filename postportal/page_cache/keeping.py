"""The views whose pages are kept. urls.py names them."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.page_cache.recording import READERS_GET, current_recording
from postportal.web.caching import Patterns, View, decorate, has_session
from postportal.web.request_time import request_time


def keep_pages(patterns: Patterns) -> Patterns:
    """Keep the pages of these views, which must be the same for all readers and have no effect. A page whose URL has
    parameters is kept only if its view has said that it uses all of them (`use_parameters`)."""
    return decorate(patterns, _keeping)


def _keeping(view: View) -> View:
    @wraps(view)
    def kept_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        recording = current_recording()
        if recording is None or has_session(request):
            return _tell_staff(request, view(request, *args, **kwargs))
        recording.start()
        # The page cache compares the ETag, also of a page that it does not have yet.
        request.META.pop("HTTP_IF_NONE_MATCH", None)
        request.__dict__.pop("headers", None)
        response = view(request, *args, **kwargs)
        recording.at = request_time(request)
        if not _is_canonical(request):
            recording.refuse("the URL has other parameters than the page")
        return response

    return kept_view


def _tell_staff(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say in a header what readers get at this URL. The response is private to a person of the staff."""
    readers_get = request.META.get(READERS_GET)
    if readers_get and has_session(request) and getattr(request, "user", None) and request.user.is_staff:
        response.headers["X-Page-Cache"] = readers_get()
    return response


def _is_canonical(request: HttpRequest) -> bool:
    """Return True if the query string has nothing but used parameters, in their only spelling."""
    used: set[str] = getattr(request, "used_parameters", set())
    query = urlencode(sorted(request.GET.items()))
    return set(request.GET) <= used and request.META.get("QUERY_STRING", "") == query
