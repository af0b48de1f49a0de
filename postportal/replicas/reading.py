"""The database that a page is read from."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connections

from postportal.replicas.monitor import Replica, Replicas


class ReplicaLost(BaseException):
    """A replica refused a query. Not an Exception: code between the query and the middleware would handle that as an
    error of the database, with a page that lacks something, and Django would answer with 500."""


class Reading:
    """The database of one page: a replica, chosen at the first query, until something asks the primary. What follows
    may depend on that, so it is read there, too."""

    def __init__(self, replicas: Replicas, *, stack: ExitStack) -> None:
        self._replicas = replicas
        self._stack = stack
        self._alias = ""
        stack.enter_context(connections[DEFAULT_DB_ALIAS].execute_wrapper(self._stay_with_primary))

    def alias(self) -> str:
        """Return the alias of the database to read from."""
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            self._alias = DEFAULT_DB_ALIAS
        if not self._alias:
            replica = self._replicas.choose()
            self._alias = replica.alias if replica else DEFAULT_DB_ALIAS
            if replica:
                self._stack.enter_context(connections[replica.alias].execute_wrapper(_Guard(replica)))
        return self._alias

    def stay_with_primary(self) -> None:
        self._alias = DEFAULT_DB_ALIAS

    def _stay_with_primary(self, execute: Callable[..., Any], *query: Any) -> Any:
        self.stay_with_primary()
        return execute(*query)


class _Guard:
    """Raises ReplicaLost for each error of a replica: it may have gone away, may have cancelled a query to catch up
    with the primary, or may lack a column that a migration is adding. If the query itself is wrong, the primary says
    so."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        try:
            return execute(*query)
        except Error as error:
            if not connections[self._replica.alias].is_usable():
                self._replica.lose()
            raise ReplicaLost from error


@contextmanager
def read_from(replicas: Replicas) -> Iterator[None]:
    """Let the block read from a replica, if one can be used. Raise ReplicaLost if it refuses a query."""
    with ExitStack() as stack:
        token = _current.set(Reading(replicas, stack=stack))
        try:
            yield
        finally:
            _current.reset(token)


def current_alias() -> str | None:
    """Return the alias of the database to read from, or None outside of `read_from`."""
    reading = _current.get()
    return reading.alias() if reading else None


def stay_with_primary() -> None:
    """Read the rest of the page from the primary: what is kept for others must not be late."""
    reading = _current.get()
    if reading:
        reading.stay_with_primary()


_current: ContextVar[Reading | None] = ContextVar("reading", default=None)
