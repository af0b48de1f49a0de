import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from news.models import Article
from postportal.legacy.importers.run import ImportRun
from postportal.legacy.models import Capture
from postportal.legacy.report import ImportStatus
from postportal.publishing.models import State
from services.models import StampIssue
from tests.postportal.legacy.captures import (
    DATELINES,
    STAMP_LAYOUTS,
    capture_text,
    news_text,
    stamp_text,
    year_list_text,
)
from tests.postportal.legacy.conftest import IMPORTED_AT, ImportText, ImportTexts

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


@pytest.mark.parametrize("layout", STAMP_LAYOUTS)
def test_every_layout_of_a_stamp_page_gives_the_same_issue(import_text: ImportText, layout: str) -> None:
    import_text(stamp_text(STAMP_LAYOUTS[layout]))

    issue = StampIssue.objects.get()
    assert (issue.title, issue.serial, issue.stamp_count) == ("Lanterns", "2018-7", 2)
    assert issue.face_value == Decimal("2.40")
    assert (issue.issued_on, issue.perforation) == (dt.date(2018, 5, 12), "13½ × 13")
    assert issue.credits.filter(role="designer", name="Tang Mei").exists()
    assert (State(issue.state), Article.objects.count()) == (State.PUBLISHED, 0)


@pytest.mark.parametrize("dateline", DATELINES)
def test_every_form_of_dateline_gives_source_and_date(import_text: ImportText, dateline: str) -> None:
    import_text(news_text(dateline=dateline))

    article = Article.objects.get()
    assert article.source is not None
    assert (article.source.name, article.dateline_on) == ("Harbour Post", dt.date(2022, 8, 3))
    assert article.title == "Harbour Post opens a night counter"
    assert "2022" not in article.body


def test_repeated_import_of_everything_changes_nothing(import_texts: ImportTexts) -> None:
    stamps = [
        stamp_text(text.replace("2018-7", f"2018-{number}"), url=f"http://old.example/html1/stamp/{number}-1.htm")
        for number, text in enumerate(STAMP_LAYOUTS.values(), start=10)
    ]
    lists = [year_list_text("Lanterns2018-10", "Boats ...2018-3", "Nets of the coast")]
    texts = [*stamps, *lists, news_text()]
    import_texts(*texts)
    issues = list(StampIssue.objects.order_by("pk").values())

    report = import_texts(*texts)

    assert {file.status for file in report.file_reports} == {ImportStatus.UNCHANGED}
    assert list(StampIssue.objects.order_by("pk").values()) == issues
    assert report.summary().startswith("9 files: 9 unchanged")
