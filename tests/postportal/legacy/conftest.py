import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from postportal.legacy.importers.run import ImportRun
from postportal.legacy.report import FileReport, Report

IMPORTED_AT = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
ImportText = Callable[..., FileReport]
ImportTexts = Callable[..., Report]


@pytest.fixture
def import_text(tmp_path: Path) -> ImportText:
    """Return a function that imports one text as a file, in a run of its own."""

    def import_one(
        text: str, *, name: str = "page.txt", reimport: bool = False, at: dt.datetime = IMPORTED_AT
    ) -> FileReport:
        (tmp_path / name).write_text(text, encoding="utf-8")
        run = ImportRun(at=at, reimport=reimport)
        report = run.import_file(tmp_path / name)
        run.finish()
        return report

    return import_one


@pytest.fixture
def import_texts(tmp_path: Path) -> ImportTexts:
    """Return a function that imports several texts in one run."""

    def import_many(*texts: str) -> Report:
        run = ImportRun(at=IMPORTED_AT)
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            run.import_file(path)
        return run.finish()

    return import_many


@pytest.fixture
def _read_only_database(db: None) -> Iterator[None]:
    """Make the database read-only, as with a full disk or on a standby server."""
    is_sqlite = connection.vendor == "sqlite"
    # Deferred constraints are checked now, because PostgreSQL locks rows for them.
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if is_sqlite else "SET TRANSACTION READ ONLY")
    yield
    if is_sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
