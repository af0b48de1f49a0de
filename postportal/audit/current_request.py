"""The request being answered, for what knows only the row it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


@contextmanager
def without_request() -> Iterator[None]:
    """What happens inside was planned: whoever asks for a page just then has nothing to do with it."""
    token = current_request.set(None)
    try:
        yield
    finally:
        current_request.reset(token)
