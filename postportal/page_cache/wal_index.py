"""A look at whether a SQLite database has changed that costs no call into SQLite.

Each call lets go of Python's lock, and with two busy threads taking it again costs more than all else that a kept page
needs. Every commit to a database with a write-ahead log rewrites the first bytes of the index of the log, a file that
all processes share as memory (https://www.sqlite.org/walformat.html, section 2.1)."""

import mmap
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

# The first copy of the header: number of changes, salts and checksums.
HEADER_SIZE = 48
# By device and inode. They are never closed: SQLite's own locks are on this file, and the system takes all locks of a
# process away when it closes a file, whoever has opened it.
_indexes: dict[tuple[int, int], mmap.mmap] = {}
# A database whose log is made anew that often has no use for this.
MAX_INDEXES = 20


def open_index(connection: Any) -> mmap.mmap | None:
    """Return the index of the log of this open SQLite connection; None if it has none, as in memory. It may be read
    while the connection is open."""
    # The first statement that reads makes the file.
    connection.execute("PRAGMA data_version").fetchall()
    [name] = [row[2] for row in connection.execute("PRAGMA database_list").fetchall() if row[1] == "main"]
    file = Path(f"{name}-shm")
    with suppress(OSError, ValueError):
        status = file.stat()
        key = (status.st_dev, status.st_ino)
        if key not in _indexes and len(_indexes) < MAX_INDEXES:
            _indexes[key] = mmap.mmap(os.open(file, os.O_RDONLY), HEADER_SIZE, access=mmap.ACCESS_READ)
        return _indexes.get(key)
    return None


def header_of(index: mmap.mmap | None) -> bytes | None:
    """Return what changes with every commit, or None without an index."""
    return index[:HEADER_SIZE] if index is not None else None
