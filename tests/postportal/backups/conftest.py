"""Databases of both kinds, with tables and without rows."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import environ
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from postportal.backups.moving import connected_to, move
from postportal.web.database_settings import database_settings
from tests.databases import new_postgres, new_sqlite
from tests.postportal.backups import whole_portal


@contextmanager
def connected(url: str, *, alias: str = "target") -> Iterator[str]:
    settings = database_settings(environ.Env.db_url_config(url), debug=True, conn_max_age=0)
    with connected_to(settings, alias=alias) as name:
        yield name


@pytest.fixture(scope="session")
def sqlite_with_tables(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path:
    """Return a SQLite database with tables only."""
    folder = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock(), connected(new_sqlite(folder)) as alias:
        call_command("migrate", database=alias, verbosity=0)
    [file] = folder.glob("*.sqlite3")
    return file


@pytest.fixture(scope="session")
def postgres_with_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Yield the name of a PostgreSQL database with tables only."""
    with django_db_blocker.unblock(), new_postgres() as url:
        with connected(url) as alias:
            call_command("migrate", database=alias, verbosity=0)
        yield url.rpartition("/")[2]


@pytest.fixture
def target(sqlite_with_tables: Path, tmp_path: Path) -> Iterator[str]:
    file = shutil.copy(sqlite_with_tables, tmp_path / "target.sqlite3")
    with connected(f"sqlite:///{file}") as alias:
        yield alias


@pytest.fixture
def other_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield an empty database of the kind that the tests do not run on."""
    yield from _connected_to_kind(request, "sqlite" if connection.vendor == "postgresql" else "postgresql", "other")


@pytest.fixture
def same_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield an empty database of the kind that the tests run on."""
    yield from _connected_to_kind(request, connection.vendor, "back")


def _connected_to_kind(request: pytest.FixtureRequest, vendor: str, alias: str) -> Iterator[str]:
    with ExitStack() as stack:
        if vendor == "postgresql":
            template = request.getfixturevalue("postgres_with_tables")
            url = stack.enter_context(new_postgres(template=template))
        else:
            template = request.getfixturevalue("sqlite_with_tables")
            url = f"sqlite:///{shutil.copy(template, request.getfixturevalue('tmp_path') / f'{alias}.sqlite3')}"
        yield stack.enter_context(connected(url, alias=alias))


@pytest.fixture
def portal(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """Yield a portal with rows and uploads, in a database of its own of the kind that the tests run on."""
    whole_portal.make_portal()
    for alias in _connected_to_kind(request, connection.vendor, "portal"):
        move("default", alias)
        yield alias


@pytest.fixture
def empty(request: pytest.FixtureRequest, db: None) -> Iterator[str]:
    """Yield a database without rows, of the kind that the tests run on."""
    yield from _connected_to_kind(request, connection.vendor, "empty")
