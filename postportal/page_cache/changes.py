"""Changes since this process last looked: rows that were written, and rows whose time has come."""

import datetime as dt
import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

from django.db import DatabaseError, connections
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from postportal.page_cache import triggers
from postportal.page_cache.models import PageDrop
from postportal.page_cache.wal_index import header_of, open_index
from postportal.page_cache.watched import RELATED_SCOPES, due_tables, timed_models, watch_of

logger = logging.getLogger(__name__)
TABLE = PageDrop._meta.db_table
# Rows that are left for processes that have not been asked for a while, and how often older ones are deleted.
KEPT_ROWS, TRIMMED_AT_ONCE = 5000, 5000
# How long nobody waits again for a database that could not be reached.
RETRY_SECONDS = 0.5
# With more changes than these, it is quicker to forget all pages.
MAX_DROPS = 2000
# Looks after which a database that goes on changing counts as changed everywhere.
MAX_LOOKS = 5


class Drop(NamedTuple):
    """A change of a row: its label, the scopes it is or was in, and the day by which lists sort it. A blank label
    means everything."""

    label: str
    scopes: frozenset[str] = frozenset()
    day: str = ""


EVERYTHING = Drop("")


class Changes:
    """The changes of the database since the last call of `poll`, read over a connection of its own."""

    def __init__(self, alias: str = "default") -> None:
        self._alias = alias
        self._connection: Any = None
        self._cursor: Any = None
        # None if this process does not know what it has seen. Else the last key on SQLite, and on PostgreSQL the oldest
        # transaction that had not ended: its rows, and those of later ones, may appear at any time.
        self._position: int | None = None
        self._seen: set[int] = set()
        self._version: int | None = None
        # What tells on SQLite without a query that nothing has changed.
        self._index: Any = None
        self._header: bytes | None = None
        self._newest = self._trimmed = 0
        self._first: int | None = None
        # False if writes are not noted as this code expects: during a migration, or if it belongs to another release.
        self.are_complete = False
        self._retry_at = 0.0

    def close(self) -> None:
        """Close the connection. The next call of `poll` opens another."""
        connection, self._connection = self._connection, None
        self._cursor = self._position = self._version = self._first = self._index = self._header = None
        self.are_complete = False
        if connection is not None:
            _close(connection)

    def poll(self) -> list[Drop]:
        """Return the changes since the last call. Raise any error of the database: nothing is known then, and the next
        call returns EVERYTHING."""
        try:
            self._connect()
            drops = self._new_drops()
            if drops and not all(drop.label for drop in drops):
                self.are_complete = triggers.are_installed(self._connection)
        except Exception:
            self.close()
            raise
        return drops

    def _new_drops(self) -> list[Drop]:
        """Return the changes until there are none. One look is not enough: the related scopes are read after it, and
        another change in between may have removed one of them, so that its note has to be read, too."""
        drops: list[Drop] = []
        for _look in range(MAX_LOOKS):
            rows = self._rows()
            if rows is None:
                return [EVERYTHING]
            if not rows:
                return drops
            drops += self._as_drops(rows)
        return [EVERYTHING]

    def next_moments(self, now: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
        """Return the next time after `now` at which rows become public or expire, and the next at which something is
        due, which may be past."""
        tables = [model._meta.db_table for model in timed_models().values()]
        moment = self._earliest([(table, column, f"{column} > %s") for table in tables for column in _TIMES], [now])
        due = self._earliest([(table, "due_at", condition) for table, condition in due_tables().items()], [])
        return moment, due

    def passed(self, since: dt.datetime, until: dt.datetime) -> list[Drop]:
        """Return a change for each row that became public or expired after `since` and up to `until`."""
        found = []
        for label, model in timed_models().items():
            watch = watch_of(label)
            columns = ", ".join([column for _name, column in watch.scopes] + ([watch.day] if watch.day else []))
            condition = " OR ".join(f"({column} > %s AND {column} <= %s)" for column in _TIMES)
            sql = f"SELECT {columns} FROM {model._meta.db_table} WHERE {condition}"  # noqa: S608 - our own names
            for row in self._execute(sql, [self._adapt(since), self._adapt(until)] * len(_TIMES)):
                names = [f"{name}={value}" for (name, _), value in zip(watch.scopes, row, strict=False) if value]
                found.append(Drop(label, frozenset(names), str(row[-1]) if watch.day else ""))
        return self._with_related(found)

    def trim(self) -> None:
        """Delete old rows now and then. A process that has not seen them forgets all its pages."""
        if self._newest - self._trimmed >= KEPT_ROWS + TRIMMED_AT_ONCE:
            self._trimmed = self._newest - KEPT_ROWS
            # A connection of its own, which does not wait for another writer: a reader is waiting for the page.
            connection = connections.create_connection(self._alias)
            try:
                with connection.cursor() as cursor:
                    if connection.vendor == "sqlite":
                        cursor.execute("PRAGMA busy_timeout = 0")
                    cursor.execute(f"DELETE FROM {TABLE} WHERE id <= %s", [self._trimmed])  # noqa: S608
            except Exception:
                # Somebody else is writing. The next time will do.
                logger.warning("Old changes of pages could not be deleted.", exc_info=True)
            finally:
                _close(connection)

    def _connect(self) -> None:
        if self._connection is not None:
            return
        if time.monotonic() < self._retry_at:
            raise DatabaseError("The database could not be reached a moment ago.")
        try:
            self._connection = connections.create_connection(self._alias)
            self._connection.inc_thread_sharing()
            self._cursor = self._connection.cursor()
            if self._connection.vendor == "sqlite":
                self._index = open_index(self._connection.connection)
        except Exception:
            self._retry_at = time.monotonic() + RETRY_SECONDS
            raise

    def _rows(self) -> list[tuple[Any, ...]] | None:
        return self._postgres_rows() if self._connection.vendor == "postgresql" else self._sqlite_rows()

    def _sqlite_rows(self) -> list[tuple[Any, ...]] | None:
        # Read before the version: with a commit in between, the next look finds another one.
        header = header_of(self._index)
        if header is not None and header == self._header:
            return []
        # Not with Django's cursor, which takes longer than everything else that a hit does.
        [(version,)] = self._connection.connection.execute("PRAGMA data_version").fetchall()
        self._header = header
        if version == self._version:
            return []
        [(first, last)] = self._execute(f"SELECT min(id), max(id) FROM {TABLE}")  # noqa: S608
        position, self._position, self._version = self._position, last or 0, version
        is_trimmed = self._is_trimmed(first)
        if position is None or is_trimmed or not 0 <= self._position - position <= MAX_DROPS:
            return None
        if self._position == position:
            return []
        sql = f"SELECT id, label, scopes, day FROM {TABLE} WHERE id > %s AND id <= %s"  # noqa: S608
        return self._execute(sql, [position, self._position])

    def _postgres_rows(self) -> list[tuple[Any, ...]] | None:
        # One statement, and so one snapshot. All transactions before its xmin have ended.
        xmin = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        sql = f"""
            SELECT {xmin}, (SELECT min(id) FROM {TABLE}), d.id, d.label, d.scopes, d.day
            FROM (SELECT 1) AS one LEFT JOIN {TABLE} AS d ON d.written_in >= COALESCE(%s, {xmin})
            LIMIT {MAX_DROPS + 1}
        """  # noqa: S608
        rows = self._execute(sql, [self._position])
        position, self._position = self._position, rows[0][0]
        found = [row[2:] for row in rows if row[2] is not None]
        unseen = [row for row in found if row[0] not in self._seen]
        self._seen = {row[0] for row in found}
        is_trimmed = self._is_trimmed(rows[0][1])
        return None if position is None or is_trimmed or len(found) > MAX_DROPS else unseen

    def _is_trimmed(self, first: int | None) -> bool:
        """Return True if rows were deleted since the last call, perhaps before they were seen. `first` is the key of
        the first row."""
        before, self._first = self._first, first
        return before is not None and before != first

    def _as_drops(self, rows: Iterable[tuple[Any, ...]]) -> list[Drop]:
        rows = list(rows)
        self._newest = max([self._newest, *(row[0] for row in rows)])
        unique = {(label, scopes, day): None for _key, label, scopes, day in rows}
        drops = [Drop(label, frozenset(filter(None, scopes.split(";"))), day) for label, scopes, day in unique]
        return self._with_related(drops)

    def _with_related(self, drops: list[Drop]) -> list[Drop]:
        """Add the scopes that are columns of other tables. What they were before is in the changes of those tables."""
        return [*drops, *(drop for label in RELATED_SCOPES for drop in self._related(label, drops))]

    def _related(self, label: str, drops: list[Drop]) -> list[Drop]:
        days: dict[int, set[str]] = {}
        for drop in drops:
            for scope in drop.scopes if drop.label == label else ():
                name, _, value = scope.partition("=")
                if name == "id":
                    days.setdefault(int(value), set()).add(drop.day)
        found = []
        for name, table, key in RELATED_SCOPES[label] if days else ():
            marks = ", ".join(["%s"] * len(days))
            # Rows of another model with the same key cost precision only.
            sql = f"SELECT {key}, {name} FROM {table} WHERE {key} IN ({marks}) AND {name} IS NOT NULL"  # noqa: S608
            for pk, value in self._execute(sql, list(days)):
                found += [Drop(label, frozenset([f"{name}={value}"]), day) for day in days[pk]]
        return found

    def _earliest(self, columns: list[tuple[str, str, str]], times: list[dt.datetime]) -> dt.datetime | None:
        sql = " UNION ALL ".join(
            f"SELECT min({column}) FROM {table} WHERE {condition}"  # noqa: S608 - our own names
            for table, column, condition in columns
        )
        rows = self._execute(sql, [self._adapt(time) for time in times] * len(columns))
        return min((_moment(value) for (value,) in rows if value), default=None)

    def _adapt(self, moment: dt.datetime) -> Any:
        return self._connection.ops.adapt_datetimefield_value(moment)

    def _execute(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        self._cursor.execute(sql, parameters)
        return list(self._cursor.fetchall())


_TIMES = ("publish_at", "expire_at")


def _moment(value: Any) -> dt.datetime:
    """Return the time that the driver gave: text on SQLite, in UTC."""
    moment = parse_datetime(value) if isinstance(value, str) else value
    if moment is None:
        raise ValueError(f"Not a time: {value}")
    return moment.replace(tzinfo=dt.UTC) if is_naive(moment) else moment


def _close(connection: Any) -> None:
    """Close a connection of our own. Django leaves those of a database in memory open, since it would be lost with its
    last connection, but this is never the last."""
    with suppress(Exception):
        if connection.connection is not None:
            connection.connection.close()
