"""Databases that stand for the primary and its replicas: in memory, and without the tables of the portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from postportal.replicas.monitor import Replica, Replicas


@contextmanager
def stand_ins(number: int, *, blocker: DjangoDbBlocker) -> Iterator[Replicas]:
    """Yield replicas that are up to date, as far as the process knows. The primary has a table `stamp`, they do not."""
    made = [Replica(f"replica_{n}", max_lag=3600) for n in range(1, number + 1)]
    before = connections[DEFAULT_DB_ALIAS]
    opened = {alias: _in_memory(alias) for alias in (DEFAULT_DB_ALIAS, *(replica.alias for replica in made))}
    try:
        with blocker.unblock():
            for alias, connection in opened.items():
                connections[alias] = connection
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute("CREATE TABLE stamp (id integer)")
            for replica in made:
                replica.progress.note(at=monotonic(), written=1, replayed=1)
            yield Replicas(made, is_watched=True)
    finally:
        for alias, connection in opened.items():
            del connections[alias]
            if connection.connection is not None:
                # Not by Django, which keeps databases in memory.
                connection.connection.close()
        connections[DEFAULT_DB_ALIAS] = before


def _in_memory(alias: str) -> DatabaseWrapper:
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    return DatabaseWrapper(connections.configure_settings({DEFAULT_DB_ALIAS: settings})[DEFAULT_DB_ALIAS], alias)
