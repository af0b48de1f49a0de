"""SQLite's write-ahead log, with which readers do not wait for the writer."""

import sqlite3
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

PAUSE_SECONDS = 0.02


def switch_to_write_ahead_log(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Receive `connection_created`: switch a database of SQLite to the log, which stays in its file.

    A restored or copied database has no log yet, and several processes may open it at once. Of two that switch at the
    same moment, SQLite refuses one without waiting (https://www.sqlite.org/c3ref/busy_handler.html), so the waiting is
    done here. Raises OperationalError if it takes longer than the connection's timeout."""
    if connection.vendor != "sqlite":
        return
    until = time.monotonic() + connection.settings_dict["OPTIONS"].get("timeout", 0)
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() > until:
                connection.close()
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    # The lower byte is the code, the others say more about it.
    return getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
