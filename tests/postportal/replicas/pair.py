"""A PostgreSQL server with a copy of the portal, and a second one that follows it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import environ
import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client

from benchmarks.faults.portal import wait_until
from benchmarks.faults.servers import MissingProgram, Postgres, Standby
from postportal.backups import dumps
from postportal.backups.moving import connected_to
from postportal.replicas.middleware import ReplicaMiddleware
from postportal.replicas.monitor import Replica, Replicas
from postportal.web.database_settings import database_settings

MAX_LAG = 60
# Nothing has to survive.
QUICK = "-c fsync=off -c shared_buffers=16MB"
MAX_WAIT_SECONDS = 30


class Pair:
    """The primary is the database of the test until the block ends."""

    def __init__(self, primary: Postgres, standby: Standby) -> None:
        self.primary, self.standby = primary, standby
        self.replica = Replica("replica_1", max_lag=MAX_LAG)
        self.replicas = Replicas([self.replica], is_watched=True)

    def pause(self) -> None:
        """Let the replica receive what the primary writes, and not replay it."""
        self._ask("SELECT pg_wal_replay_pause()")
        wait_until(
            lambda: self._ask("SELECT pg_get_wal_replay_pause_state()") == "paused", MAX_WAIT_SECONDS, what="Pause"
        )

    def catch_up(self) -> None:
        """Let the replica replay everything, and notice that."""
        self._ask("SELECT CASE WHEN pg_is_wal_replay_paused() THEN pg_wal_replay_resume() END")
        self.replica.progress.forget()
        self.check_until_current(self.replica)

    def check_until_current(self, replica: Replica) -> None:
        """Check the replica, more than once if the primary writes meanwhile."""

        def is_current() -> bool:
            replica.check()
            return replica.is_current()

        wait_until(is_current, MAX_WAIT_SECONDS, what="The replica is behind")

    def end_connections(self) -> None:
        self._ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'portal' AND state = 'idle'")

    def reader(self) -> Client:
        """Return a browser whose pages pass through the middleware first."""
        client = Client()
        client.handler.load_middleware()
        chain: Any = client.handler._middleware_chain  # type: ignore[attr-defined]
        client.handler._middleware_chain = ReplicaMiddleware(chain, among=self.replicas)  # type: ignore[attr-defined]
        return client

    def _ask(self, question: str) -> Any:
        with psycopg.connect(self.standby.url("portal"), autocommit=True) as direct:
            row = direct.execute(question).fetchone()
            return row[0] if row else None


@contextmanager
def running_pair() -> Iterator[Pair]:
    """Yield the pair. Skip the test where it cannot run, which fails in CI."""
    if connection.vendor != "postgresql":
        pytest.skip("Replicas are tested where the tests run on PostgreSQL, whose tables are copied")
    with ExitStack() as stack:
        # Not in the folder of the test, which others cannot enter, PostgreSQL among them.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        try:
            primary = _started(Postgres(_new(folder / "primary")), stack)
        except MissingProgram as missing:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(missing))
        dumps.dump(DEFAULT_DB_ALIAS, to=folder / "portal.dump")
        primary.create("portal")
        for alias, server in (("primary", primary), ("replica_1", None)):
            server = server or _started(Standby(_new(folder / "standby"), primary=primary), stack)
            settings = database_settings(environ.Env.db_url_config(server.url("portal")), debug=True, conn_max_age=0)
            stack.enter_context(connected_to(settings, alias=alias))
            if server is primary:
                dumps.load(folder / "portal.dump", alias=alias)
        stack.enter_context(_as_default("primary"))
        assert isinstance(server, Standby)
        yield Pair(primary, server)


def _new(folder: Path) -> Path:
    folder.mkdir()
    folder.chmod(0o755)
    return folder


def _started(server: Any, stack: ExitStack) -> Any:
    stack.callback(server.close)
    server.start(QUICK)
    return server


@contextmanager
def _as_default(alias: str) -> Iterator[None]:
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[alias]
    connections[DEFAULT_DB_ALIAS].alias = DEFAULT_DB_ALIAS
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
