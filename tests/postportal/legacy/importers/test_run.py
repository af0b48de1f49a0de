from pathlib import Path

import pytest

from news.models import Article
from postportal.legacy.importers.run import ImportRun
from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from services.models import StampIssue
from tests.postportal.legacy.captures import capture_text, news_text
from tests.postportal.legacy.conftest import IMPORTED_AT

pytestmark = pytest.mark.django_db


def test_failed_file_leaves_nothing_and_the_next_is_imported(tmp_path: Path) -> None:
    invalid, valid = tmp_path / "a.txt", tmp_path / "b.txt"
    invalid.write_text(capture_text("Serial Number: 2018-7\nPiece in Set: 4\nPerforation: 13"), encoding="utf-8")
    valid.write_text(news_text(), encoding="utf-8")
    run = ImportRun(at=IMPORTED_AT)

    statuses = [run.import_file(path).status for path in (invalid, valid)]

    assert statuses == [ImportStatus.FAILED, ImportStatus.CREATED]
    assert (StampIssue.objects.count(), Article.objects.count(), Capture.objects.count()) == (0, 1, 1)
    assert run.finish().failed_count == 1


def test_capture_has_the_times_of_first_and_last_import(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(news_text(), encoding="utf-8")
    ImportRun(at=IMPORTED_AT).import_file(file)
    file.write_text(news_text(body="The counter closed again."), encoding="utf-8")
    later = IMPORTED_AT.replace(month=5)

    ImportRun(at=later).import_file(file)

    capture = Capture.objects.get()
    assert (capture.first_imported_at, capture.imported_at) == (IMPORTED_AT, later)
