"""Publication of due items before each page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.publishing.workflow.due import publish_due
from postportal.web.request_time import request_time

# They show no published items. The first three must answer without the database, or say what is overdue.
EXEMPT_VIEWS = {
    *("healthz", "livez", "metrics"),
    *("robots_txt", "security_txt", "colours_css", "favicon", "api:openapi-json"),
}


class DueEditionsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.resolver_match and request.resolver_match.view_name not in EXEMPT_VIEWS:
            publish_due(request_time(request))
