"""Context variable with the name of the command that is running, for code that only knows the row it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

current_command: ContextVar[str] = ContextVar("current_command", default="")


@contextmanager
def running_command(name: str) -> Iterator[None]:
    """Let `name`, such as "import_register", count as the command that changes rows. A context manager."""
    token = current_command.set(name)
    try:
        yield
    finally:
        current_command.reset(token)
