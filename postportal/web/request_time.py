"""The moment a page speaks of. Every view asks here, so that one page never mixes two moments."""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone


def request_time(request: HttpRequest) -> dt.datetime:
    """Return the aware datetime that this request sees the portal at; the same for the whole request."""
    if not hasattr(request, "moment"):
        request.moment = timezone.now()  # type: ignore[attr-defined]
    return request.moment  # type: ignore[attr-defined, no-any-return]
