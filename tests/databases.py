"""Databases besides the one that the tests run on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

# Set by .ci/run if its server does not listen here.
SERVER = os.environ.get("POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")
_number = count(1)


def new_sqlite(folder: Path) -> str:
    """Return the DATABASE_URL of a file that does not exist yet."""
    return f"sqlite:///{folder / f'other-{next(_number)}.sqlite3'}"


def copy_tables(file: Path) -> None:
    """Write the test database, which is that of a new portal with all optional apps, to a new SQLite file. Making its
    tables would take longer than most tests. Skip the test on another database."""
    if connection.vendor != "sqlite":
        pytest.skip("The test database is not SQLite's.")
    connection.ensure_connection()
    # Not backup(), which would wait for the transaction of the test.
    file.write_bytes(connection.connection.serialize())


@contextmanager
def new_postgres(*, template: str = "template0") -> Iterator[str]:
    """Yield the DATABASE_URL of a new database, without tables unless `template` is the name of one that has them. Skip
    the test if there is no server, which fails in CI."""
    server = _server_of(connection.settings_dict) if connection.vendor == "postgresql" else SERVER
    name = f"test_other_{os.getpid()}_{next(_number)}"
    try:
        control = psycopg.connect(f"{server}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"There is no PostgreSQL at {SERVER}: {error}")
    with control:
        control.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
        try:
            yield f"{server}/{name}"
        finally:
            control.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _server_of(settings: dict[str, Any]) -> str:
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    return f"postgres://{user}{f':{password}' * bool(password)}@{settings['HOST']}:{settings['PORT'] or 5432}"
