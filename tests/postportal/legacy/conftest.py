import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from postportal.legacy.importers.run import ImportRun
from postportal.legacy.report import FileReport, Report

IMPORTED_AT = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
ImportText = Callable[..., FileReport]


@pytest.fixture
def import_text(tmp_path: Path) -> ImportText:
    """Import one text as a file, in a run of its own."""

    def import_text(
        text: str, *, name: str = "page.txt", again: bool = False, at: dt.datetime = IMPORTED_AT
    ) -> FileReport:
        (tmp_path / name).write_text(text, encoding="utf-8")
        run = ImportRun(at=at, reimport=again)
        report = run.import_file(tmp_path / name)
        run.finish()
        return report

    return import_text


@pytest.fixture
def import_texts(tmp_path: Path) -> Callable[..., Report]:
    """Import several texts in one run."""

    def import_texts(*texts: str) -> Report:
        run = ImportRun(at=IMPORTED_AT)
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.txt"
            path.write_text(text, encoding="utf-8")
            run.import_file(path)
        return run.finish()

    return import_texts


@pytest.fixture
def _read_only_database(db: None) -> Iterator[None]:
    """A database that answers and takes nothing: a full disk, a standby server."""
    sqlite = connection.vendor == "sqlite"
    # What is checked at the end of a transaction is checked now: PostgreSQL locks rows for it.
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY")
    yield
    if sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
