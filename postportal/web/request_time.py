"""The time at which a request sees the portal. Every view takes it from here, so that no page mixes two times."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone


def request_time(request: HttpRequest) -> dt.datetime:
    """Return an aware datetime, the same for the whole request: now, or what a preview has set as `request_time`."""
    if not hasattr(request, "request_time"):
        request.request_time = timezone.now()  # type: ignore[attr-defined]
    return request.request_time  # type: ignore[attr-defined, no-any-return]
