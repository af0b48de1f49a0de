import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from news.models import Section
from tests.factories import news, staff

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_export_is_imported_only_when_asked(tmp_path: Path) -> None:
    section, path = news.section("News"), tmp_path / "sections.csv"
    run("export_register", "sections", str(path))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("News", "All news"), encoding="utf-8")
    user = staff.account(role="Editor").username

    report = run("import_register", "sections", str(path), "--user", user)

    assert "Name: News → All news" in report
    assert Section.objects.get().name == "News"
    run("import_register", "sections", str(path), "--user", user, "--write")
    section.refresh_from_db()
    assert section.name == "All news"


def test_import_asks_for_the_rights_of_the_user(tmp_path: Path) -> None:
    path = tmp_path / "sections.json"
    run("export_register", "sections", str(path))

    with pytest.raises(CommandError, match="may not import"):
        run("import_register", "sections", str(path), "--user", staff.account(role="Author").username)


def test_export_names_the_endings(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="xlsx, csv, zip, json"):
        run("export_register", "sections", str(tmp_path / "sections.txt"))
