"""A database of SQLite gets its write-ahead log however many open it at once."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace

import environ
import pytest
from django.db import OperationalError
from django.db.backends.sqlite3.base import DatabaseWrapper

from postportal.web import write_ahead_log
from postportal.web.database_settings import database_settings

pytestmark = pytest.mark.django_db

CLIENTS = 8
Opener = Callable[..., DatabaseWrapper]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database as a backup holds it: without a log."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE stamp (name)")
        database.commit()
    return path


@pytest.fixture
def opened(file: Path) -> Iterator[Opener]:
    defaults = {"AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False}
    config = database_settings(environ.Env.db_url_config(f"sqlite:///{file}"), debug=True, conn_max_age=0)
    made = []

    def open_database(**options: float) -> DatabaseWrapper:
        connection = DatabaseWrapper({**defaults, **config, "OPTIONS": {**config["OPTIONS"], **options}}, "default")
        connection.inc_thread_sharing()
        made.append(connection)
        connection.ensure_connection()
        return connection

    yield open_database
    for connection in made:
        connection.close()


def mode(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return str(database.execute("PRAGMA journal_mode").fetchone()[0])


@pytest.mark.once
def test_many_clients_open_a_restored_database_at_once(opened: Opener, file: Path) -> None:
    start = Barrier(CLIENTS)

    def write() -> None:
        start.wait(timeout=20)
        connection = opened()
        try:
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO stamp VALUES ('Plum blossom')")
        finally:
            connection.close()

    for _ in range(10):
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
        with ThreadPoolExecutor(CLIENTS) as pool:
            for done in [pool.submit(write) for _ in range(CLIENTS)]:
                done.result()

    assert mode(file) == "wal"


def test_waits_for_a_reader_before_the_switch(opened: Opener, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM stamp").fetchall()
        clock = SimpleNamespace(monotonic=lambda: 0, sleep=lambda _seconds: reader.execute("COMMIT"))
        monkeypatch.setattr(write_ahead_log, "time", clock)

        # SQLite itself waits for a reader, but not for another connection that switches at the same moment.
        opened(timeout=0.01)

    assert mode(file) == "wal"


def test_gives_up_when_the_file_stays_locked(opened: Opener, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM stamp").fetchall()
        seconds = iter(range(0, 1000, 15))
        clock = SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _seconds: None)
        monkeypatch.setattr(write_ahead_log, "time", clock)

        with pytest.raises(OperationalError, match="locked"):
            opened(timeout=0.01)
