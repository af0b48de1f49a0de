import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.state import ProjectState

from tests import quick_migrations
from tests.databases import new_sqlite
from tests.postportal.backups.conftest import connected

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def tables_of(alias: str) -> list[tuple[Any, ...]]:
    """Return what the database consists of. The columns of a table are sorted: a test that changes one makes the table
    again, with its columns in another order."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
        found = [(*names, sorted(re.split(r"[(),]\s*", sql or ""))) for *names, sql in cursor.fetchall()]
    return sorted(found, key=str)


def test_tables_are_those_that_django_makes_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The tables of SQLite are compared.")
    assert ProjectState.reload_model is not quick_migrations.reload_model
    monkeypatch.setattr(ProjectState, "reload_model", quick_migrations.reload_model)

    with connected(new_sqlite(tmp_path)) as alias:
        call_command("migrate", database=alias, verbosity=0)

        assert tables_of(alias) == tables_of("default") != []
