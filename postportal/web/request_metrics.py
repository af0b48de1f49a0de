"""Counting of requests, also of those that no view sees."""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.web import metrics

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Key of the WSGI environment: the name of the URL pattern. Whatever answers before Django may set another.
ROUTE = "postportal.route"
NO_ROUTE = "none"


class RouteMiddleware:
    """Note which URL pattern answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.resolver_match:
            request.META[ROUTE] = request.resolver_match.view_name or NO_ROUTE


def with_metrics(application: "WSGIApplication") -> "WSGIApplication":
    """Return the application with each answer counted: its route, its status and the time until it begins. Return it
    as it is if nothing is counted."""
    if metrics.started() is None:
        return application

    def counted(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.perf_counter()
        # What a server says if the application raises.
        code = 500

        def note_status(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            nonlocal code
            code = int(status[:3])
            return start_response(status, headers, exc_info)

        try:
            return application(environ, note_status)
        finally:
            seconds = time.perf_counter() - began
            metrics.count_request(route=environ.get(ROUTE, NO_ROUTE), status=code, seconds=seconds)

    return counted
