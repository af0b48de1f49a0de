"""The rate limit of the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from postportal.api.errors import error_response
from postportal.web.rate_limits import MINUTE, allow_per_minute


class SearchThrottle(BaseThrottle):
    """Limit searches to settings.API_SEARCH_RATE_LIMIT per minute and client."""

    def allow_request(self, request: HttpRequest) -> bool:
        return allow_per_minute(request, settings.API_SEARCH_RATE_LIMIT, action="api-search")

    def wait(self) -> float:
        return MINUTE


def add_throttle_handler(api: NinjaAPI) -> None:
    """Respond to throttled requests in the same format as to invalid ones, unlike Ninja's default."""

    @api.exception_handler(Throttled)
    def respond(request: HttpRequest, error: Throttled | type[Throttled]) -> HttpResponse:
        problem = {"type": "too_many", "loc": [], "msg": f"Too many searches. Try again in {MINUTE} seconds."}
        response = error_response(429, [problem])
        response.headers["Retry-After"] = str(MINUTE)
        response.headers["Cache-Control"] = "no-store"
        return response
