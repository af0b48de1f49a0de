"""Context variable with the request being answered, for code that only knows the row it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


@contextmanager
def without_request() -> Iterator[None]:
    """Record no user for scheduled work, whoever's request happens to trigger it. A context manager."""
    token = current_request.set(None)
    try:
        yield
    finally:
        current_request.reset(token)
