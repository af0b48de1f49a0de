"""Before a page is made, what is due by then goes out."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from postportal.publishing.workflow.due import settle_due
from postportal.web.request_time import moment

# Show nothing of what is published. The first says how the portal is, and has to when the database is away.
LEFT_ALONE = {"healthz", "robots", "security", "colours", "favicon", "api:openapi-json"}


class DueEditionsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if request.resolver_match and request.resolver_match.view_name not in LEFT_ALONE:
            settle_due(moment(request))
