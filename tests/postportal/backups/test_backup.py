import datetime as dt
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from postportal.backups.archive import ArchiveError, check_archive
from postportal.backups.backup import file_in, make_backup, remove_old_backups
from postportal.backups.dumps import DumpError
from tests.postportal.backups import whole_portal

NOW = dt.datetime(2026, 3, 16, 12, 30, tzinfo=dt.UTC)


def test_backup_says_what_it_holds(portal: str, tmp_path: Path) -> None:
    uploads = {str(path.relative_to(django_settings.MEDIA_ROOT)) for path in whole_portal.uploads()}
    Path(django_settings.MEDIA_ROOT, ".unfinished-1").write_bytes(b"half")

    manifest = make_backup(tmp_path / "new" / "folder" / "backup.tar", at=NOW, alias=portal)

    assert manifest == check_archive(tmp_path / "new" / "folder" / "backup.tar")
    assert (manifest.created_at, manifest.has_media) == ("2026-03-16T12:30:00+00:00", True)
    assert (manifest.audit_number, manifest.audit_hash) == whole_portal.head_of(portal)
    assert "news.0001_initial" in manifest.migrations
    assert set(manifest.media_names()) == uploads != set()


def test_missing_and_empty_pictures_are_named(portal: str, tmp_path: Path) -> None:
    first, second, *_others = whole_portal.uploads()
    names = [file.relative_to(django_settings.MEDIA_ROOT).as_posix() for file in (first, second)]
    first.unlink()
    second.write_bytes(b"")

    manifest = make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)

    assert manifest.missing == check_archive(tmp_path / "backup.tar").missing == sorted(names)


def test_only_the_owner_can_read_it_and_nothing_else_is_left(portal: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"

    make_backup(folder / "backup.tar", at=NOW, alias=portal)

    assert [path.name for path in folder.iterdir()] == ["backup.tar"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "backup.tar")] == [0o700, 0o600]


def test_failed_backup_leaves_nothing(portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"

    def full(*args: object, **kwargs: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    with pytest.raises(OSError, match="No space left"):
        make_backup(folder / "backup.tar", at=NOW, alias=portal)

    assert list(folder.iterdir()) == []


def test_existing_file_is_not_overwritten(empty: str, tmp_path: Path) -> None:
    (tmp_path / "backup.tar").write_text("older")

    with pytest.raises(ArchiveError, match="already exists"):
        make_backup(tmp_path / "backup.tar", at=NOW, alias=empty)


def test_uploads_on_another_machine_are_not_in_it(empty: str, tmp_path: Path, settings: Settings) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}

    assert make_backup(tmp_path / "backup.tar", at=NOW, alias=empty).has_media is False


def test_newest_backups_are_kept(tmp_path: Path) -> None:
    files = [file_in(tmp_path, at=NOW + dt.timedelta(days=day)) for day in range(5)]
    for file in [*files, tmp_path / "notes.tar", tmp_path / "postportal-before-the-move.tar"]:
        file.touch()

    removed = remove_old_backups(tmp_path, keep=2)

    assert removed == files[:3]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "notes.tar",
        *[file.name for file in files[3:]],
        "postportal-before-the-move.tar",
    ]


def test_missing_program_is_named(portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if portal and not whole_portal.is_postgres(portal):
        pytest.skip("SQLite needs no program")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(DumpError, match=r"pg_dump is not installed\. On Debian and Ubuntu: apt install"):
        make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)
