"""The commands as they are run, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from postportal.backups.archive import Manifest
from postportal.backups.management.commands import backup
from tests.databases import copy_tables


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "MEDIA_ROOT": str(folder / "media")}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.once
@pytest.mark.django_db
def test_portal_is_backed_up_and_restored(tmp_path: Path) -> None:
    copy_tables(tmp_path / "db.sqlite3")
    Path(tmp_path, "media", "images").mkdir(parents=True)
    picture = tmp_path / "media" / "images" / "a.webp"
    picture.write_bytes(b"picture")
    backups = tmp_path / "backups"

    made = run("backup", str(backups), "--keep", "1", folder=tmp_path)
    [file] = backups.iterdir()
    picture.write_bytes(b"spoiled")
    refused = run("restore", str(file), folder=tmp_path)
    restored = run("restore", str(file), "--replace", folder=tmp_path)
    checked = run("verify_log", folder=tmp_path)

    assert f"Wrote and checked {file}" in made.stdout
    assert (refused.returncode, "Add --replace" in refused.stderr) == (1, True)
    assert (restored.returncode, "Run “manage.py migrate”" in restored.stdout) == (0, True)
    assert (picture.read_bytes(), checked.returncode) == (b"picture", 0)


@pytest.mark.parametrize("arguments", [["backups", "--keep=0"], ["backup.tar", "--keep=2"]])
def test_backups_to_keep_are_counted_from_one_in_a_folder(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="--keep needs a folder"):
        call_command("backup", str(tmp_path / arguments[0]), *arguments[1:])


def test_damaged_backup_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_bytes(b"rubbish")

    with pytest.raises(CommandError, match=r"backup\.tar cannot be read"):
        call_command("restore", str(tmp_path / "backup.tar"))


@pytest.mark.django_db
def test_incomplete_backup_fails_and_older_ones_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = tmp_path / "postportal-20260101T000000Z.tar"
    older.write_bytes(b"complete")
    manifest = Manifest("2026-03-16T12:30:00+00:00", "sqlite", [], 3, "ab" * 32, True, {}, ["images/ab/a.webp"])
    monkeypatch.setattr(backup, "make_backup", lambda path, *, at: [path.touch(), manifest][1])

    with pytest.raises(CommandError, match=r"not complete: 1 files of pictures are missing .*images/ab/a\.webp"):
        call_command("backup", str(tmp_path), "--keep", "1")

    assert older.exists()
