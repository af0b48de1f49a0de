"""How often a program may ask."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from postportal.web.rate_limits import MINUTE, allow_per_minute


class SearchThrottle(BaseThrottle):
    """Let one address ask so often a minute as no well-behaved program needs to."""

    def allow_request(self, request: HttpRequest) -> bool:
        return allow_per_minute(request, settings.API_SEARCHES_A_MINUTE, action="api-search")

    def wait(self) -> float:
        return MINUTE


def add_throttle_handler(api: NinjaAPI) -> None:
    """Answer in the form of every other refusal, which Ninja's own answer has not."""

    @api.exception_handler(Throttled)
    def refused(request: HttpRequest, error: Throttled | type[Throttled]) -> HttpResponse:
        detail: list[dict[str, Any]] = [
            {"type": "too_many", "loc": [], "msg": f"Too many searches. Ask again in {MINUTE} seconds."}
        ]
        response = api.create_response(request, {"detail": detail}, status=429)
        response.headers["Retry-After"] = str(MINUTE)
        response.headers["Cache-Control"] = "no-store"
        return response
