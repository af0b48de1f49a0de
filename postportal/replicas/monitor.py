"""Checks of the replicas, once a second in each process that serves readers."""

import logging
import time
from functools import cache
from itertools import count
from threading import Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from postportal.replicas.progress import Progress
from postportal.replicas.replica_settings import is_replica

logger = logging.getLogger(__name__)

CHECK_SECONDS = 1
# The number of the cluster, which its copies share, so that no other portal's server is taken for a replica.
_WRITTEN = """SELECT system_identifier, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint FROM pg_control_system()"""
# No row on a server that has become a primary, which stays as it was.
_REPLAYED = """SELECT system_identifier, pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint
    FROM pg_control_system() WHERE pg_is_in_recovery()"""


class Replica:
    """A replica, and whether it may be read."""

    def __init__(self, alias: str, *, max_lag: float) -> None:
        self.alias = alias
        self.progress = Progress(max_lag=max_lag)
        self._was_current = True

    def is_current(self) -> bool:
        return self.progress.is_current(time.monotonic())

    def is_open(self) -> bool:
        """Return True if this thread is connected to it. If it cannot be, nobody tries before the next check."""
        try:
            with connections[self.alias].cursor():
                return True
        except Error:
            self.lose()
            return False

    def lose(self) -> None:
        """Close the connection of this thread, and do not use the replica before the next check."""
        connections[self.alias].close()
        self.progress.forget()

    def check(self) -> None:
        """Compare it with the primary. Never raise a database error."""
        problem = ""
        try:
            self._compare()
        except Error as error:
            problem = str(error)
            self.lose()
            connections[DEFAULT_DB_ALIAS].close()
        self._log_change(problem)

    def _compare(self) -> None:
        asked_at = time.monotonic()
        written = _ask(DEFAULT_DB_ALIAS, _WRITTEN)
        replayed = _ask(self.alias, _REPLAYED)
        if not written or not replayed or written[0] != replayed[0]:
            raise Error("It is not a replica of the primary.")
        self.progress.note(at=asked_at, written=written[1], replayed=replayed[1])

    def _log_change(self, problem: str) -> None:
        is_current = self.is_current()
        if is_current != self._was_current:
            state = "is read again" if is_current else f"is not read: {problem or 'it is too far behind'}"
            logger.log(logging.INFO if is_current else logging.WARNING, "The database %s %s", self.alias, state)
        self._was_current = is_current

    def watch(self) -> None:
        while True:
            self.check()
            time.sleep(CHECK_SECONDS)


class Replicas:
    """All replicas of the portal, in turn. `is_watched` says that they are checked already."""

    def __init__(self, replicas: list[Replica], *, is_watched: bool = False) -> None:
        self.all = replicas
        self._turn = count()
        self._lock = Lock()
        self._is_watched = is_watched

    def choose(self) -> Replica | None:
        """Return a replica that answers and is not too far behind, another one each time, or None."""
        self._watch()
        turn = next(self._turn) % max(len(self.all), 1)
        in_turn = [*self.all[turn:], *self.all[:turn]]
        return next((replica for replica in in_turn if replica.is_current() and replica.is_open()), None)

    def count_current(self) -> int:
        return sum(replica.is_current() for replica in self.all)

    def _watch(self) -> None:
        """Start the checks with the first page, since a server may make its processes out of another one. Readers never
        wait for a check: each replica has a thread, and a machine that has vanished delays only its own."""
        with self._lock:
            if not self._is_watched:
                self._is_watched = True
                for replica in self.all:
                    Thread(target=replica.watch, name=replica.alias, daemon=True).start()


@cache
def replicas() -> Replicas:
    """Return the replicas of this process."""
    aliases = [alias for alias in settings.DATABASES if is_replica(alias)]
    return Replicas([Replica(alias, max_lag=settings.REPLICA_MAX_LAG) for alias in aliases])


def _ask(alias: str, question: str) -> tuple[Any, ...] | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row
