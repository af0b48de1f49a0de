import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from postportal.page_cache import wal_index
from postportal.page_cache.wal_index import header_of, open_index

pytestmark = pytest.mark.once
WRITE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=0) as connection:
    connection.execute("INSERT INTO t VALUES (1)")
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(wal_index, "_indexes", {})
    file = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (n)")
    return file


@pytest.fixture
def reader(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection:
        yield connection


def write_elsewhere(file: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", WRITE, file], capture_output=True, text=True, check=False)


def test_header_changes_with_each_commit_of_another_connection(file: Path, reader: sqlite3.Connection) -> None:
    index = open_index(reader)
    headers = [header_of(index)]
    with closing(sqlite3.connect(file)) as writer:
        for _commit in range(3):
            writer.execute("INSERT INTO t VALUES (1)")
            before_commit = header_of(index)
            writer.commit()
            headers.append(header_of(index))
            assert before_commit == headers[-2]

    assert len(set(headers)) == 4
    assert None not in headers


def test_header_changes_with_a_commit_of_another_process(file: Path, reader: sqlite3.Connection) -> None:
    index = open_index(reader)
    before = header_of(index)

    write_elsewhere(file)

    assert header_of(index) != before


def test_header_changes_when_the_log_begins_anew(file: Path, reader: sqlite3.Connection) -> None:
    index = open_index(reader)
    with closing(sqlite3.connect(file)) as writer:
        for _round in range(2):
            before = header_of(index)
            writer.execute("INSERT INTO t VALUES (1)")
            writer.commit()
            assert header_of(index) != before
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_reading_changes_no_header(reader: sqlite3.Connection) -> None:
    index = open_index(reader)
    before = header_of(index)

    reader.execute("SELECT * FROM t").fetchall()

    assert header_of(index) == before


def test_index_is_opened_once_for_all_connections(file: Path, reader: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file)) as second:
        assert open_index(reader) is open_index(second)


def test_locks_of_sqlite_are_kept(file: Path, reader: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        open_index(reader)
        refused = write_elsewhere(file)
        writer.rollback()

    assert "database is locked" in refused.stderr
    assert write_elsewhere(file).returncode == 0


def test_database_without_a_log_has_no_index(tmp_path: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as memory, closing(sqlite3.connect(tmp_path / "plain")) as plain:
        plain.execute("CREATE TABLE t (n)")

        assert [header_of(open_index(memory)), header_of(open_index(plain))] == [None, None]


def test_number_of_open_files_is_limited(
    file: Path, reader: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wal_index, "MAX_INDEXES", 0)

    assert open_index(reader) is None
