from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from news.models import Article
from postportal.legacy.models import Capture
from postportal.pages.models import Redirect
from services.models import StampIssue
from tests.postportal.legacy.captures import FOOTER, NAVIGATION, capture_text, news_text, year_list_text

pytestmark = pytest.mark.django_db


def run_import(*paths: Path, **options: object) -> list[str]:
    out = StringIO()
    call_command("import_legacy", *map(str, paths), stdout=out, **options)
    return out.getvalue().splitlines()


def write_files(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_folder_is_imported_and_reported(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path,
        a=news_text(),
        b=year_list_text("Boats ...2018-9"),
        c=NAVIGATION + FOOTER,
    )

    assert run_import(folder) == [
        "a.txt: created article “Harbour Post opens a night counter”",
        "b.txt: created list “2018 Stamps”",
        "    “2018-9 Boats…”: title cut off, saved as an incomplete draft",
        "c.txt: skipped",
        "    no title",
        "    only navigation",
        "site: China Post Life: “8610 4008909999” cannot be dialled; the number from abroad is unknown",
        "3 files: 2 created, 1 skipped; 4 findings",
    ]


def test_second_run_reports_only_news(tmp_path: Path) -> None:
    folder = write_files(tmp_path, a=news_text())
    run_import(folder)

    assert run_import(folder) == ["1 file: 1 unchanged; 0 findings"]
    assert run_import(folder, verbosity=2) == [
        "a.txt: unchanged article “Harbour Post opens a night counter”",
        "1 file: 1 unchanged; 0 findings",
    ]


def test_unreadable_file_fails_the_run_but_does_not_stop_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    (tmp_path / "b.txt").write_bytes(b"")
    write_files(tmp_path, c=news_text())

    with pytest.raises(CommandError, match="3 files could not be imported") as error:
        run_import(tmp_path, tmp_path / "missing.txt")

    assert error.value.returncode == 1
    assert Article.objects.count() == 1


@pytest.mark.usefixtures("_read_only_database")
def test_database_error_is_reported(tmp_path: Path) -> None:
    out = StringIO()

    with pytest.raises(CommandError, match="1 file could not be imported"):
        call_command("import_legacy", str(write_files(tmp_path, a=news_text())), stdout=out)

    assert out.getvalue().splitlines()[1].startswith("    database error: ")


def test_empty_folder_is_reported(tmp_path: Path) -> None:
    assert run_import(tmp_path) == ["0 files: nothing to do; 0 findings"]


def test_invalid_page_is_reported_and_leaves_nothing(tmp_path: Path) -> None:
    write_files(tmp_path, a=capture_text("Serial Number: 2018-7\nPiece in Set: 4\nPerforation: 13"), b=news_text())

    with pytest.raises(CommandError, match="1 file could not be imported"):
        run_import(tmp_path)

    assert (StampIssue.objects.count(), Article.objects.count(), Capture.objects.count()) == (0, 1, 1)


def test_redirect_of_editors_is_not_changed(tmp_path: Path) -> None:
    Redirect.objects.create(
        old_host="english.harbourpost.example", old_path="/html1/report/1905/77-1.htm", new_address="/news/"
    )

    assert run_import(write_files(tmp_path, a=news_text()))[:2] == [
        "a.txt: created article “Harbour Post opens a night counter”",
        "    the old URL already redirects elsewhere: /news/",
    ]
    assert Redirect.objects.get().new_address == "/news/"


def test_url_too_long_to_redirect_is_reported(tmp_path: Path) -> None:
    url = f"http://old.example/html1/report/{'9' * 600}.htm"

    assert run_import(write_files(tmp_path, a=news_text(url=url)))[1] == "    the old URL is too long to redirect"
    assert Capture.objects.get().path == f"/html1/report/{'9' * 600}.htm"
