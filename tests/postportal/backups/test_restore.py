"""Backups of a whole portal, vandalised and restored."""

import io
import shutil
import tarfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections

from postportal.audit import triggers
from postportal.backups.archive import MANIFEST, ArchiveError, hash_of_file
from postportal.backups.backup import make_backup
from postportal.backups.dumps import DumpError
from postportal.backups.restore import restore
from postportal.backups.tables import Digest, digest_of, portal_models
from tests.postportal.backups import whole_portal
from tests.postportal.backups.test_backup import NOW

State = tuple[dict[str, Digest], dict[str, str]]


def state(alias: str) -> State:
    """Return what the portal consists of: all tables and all files."""
    folder = Path(django_settings.MEDIA_ROOT)
    tables = {model._meta.db_table: digest_of(model, alias=alias) for model in portal_models()}
    return tables, {str(path.relative_to(folder)): hash_of_file(path) for path in folder.rglob("*") if path.is_file()}


def vandalise(alias: str) -> None:
    """Change and delete rows and files, and add some."""
    triggers.remove(connections[alias])
    with connections[alias].cursor() as cursor:
        cursor.execute("UPDATE news_article SET title = 'Spoiled'")
        cursor.execute("DELETE FROM taggit_taggeditem")
        cursor.execute("UPDATE audit_entry SET detail = 'Nothing happened.' WHERE number = 1")
        cursor.execute("INSERT INTO taggit_tag (name, slug) VALUES ('spam', 'spam')")
        cursor.execute("DROP TABLE staff_autosave")
    files = sorted(path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file())
    files[0].unlink()
    files[-1].write_bytes(b"spoiled")
    (files[-1].parent / "added.webp").write_bytes(b"added")


def test_everything_is_equal_after_a_restore(portal: str, tmp_path: Path) -> None:
    before = state(portal)
    file = tmp_path / "backup.tar"
    manifest = make_backup(file, at=NOW, alias=portal)
    vandalise(portal)

    restore(file, replace=True, alias=portal)

    assert state(portal) == before
    assert whole_portal.head_of(portal) == (manifest.audit_number, manifest.audit_hash)
    with pytest.raises(Exception, match="append-only"), connections[portal].cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")


def test_portal_is_restored_on_an_empty_machine(portal: str, empty: str, tmp_path: Path) -> None:
    before = state(portal)
    make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)
    shutil.rmtree(django_settings.MEDIA_ROOT)

    restore(tmp_path / "backup.tar", alias=empty)

    assert state(empty) == before


def test_files_that_were_missing_in_the_backup_are_not_deleted(portal: str, tmp_path: Path) -> None:
    shutil.move(django_settings.MEDIA_ROOT, tmp_path / "not-mounted")
    make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)
    shutil.move(tmp_path / "not-mounted", django_settings.MEDIA_ROOT)
    uploads = whole_portal.uploads()
    other = Path(django_settings.MEDIA_ROOT, "other.webp")
    other.write_bytes(b"of no picture")

    restore(tmp_path / "backup.tar", replace=True, alias=portal)

    assert whole_portal.uploads() == uploads != []


def test_portal_with_rows_or_files_is_not_replaced_unasked(portal: str, tmp_path: Path) -> None:
    make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)
    vandalise(portal)
    before = Path(django_settings.MEDIA_ROOT, "kept")
    shutil.move(django_settings.MEDIA_ROOT, tmp_path / "away")

    with pytest.raises(ArchiveError, match=r"not empty: the database has tables of another version|it has rows of"):
        restore(tmp_path / "backup.tar", alias=portal)
    before.parent.mkdir()
    before.write_text("kept")
    with pytest.raises(ArchiveError, match="not empty: there are files in"):
        restore(tmp_path / "backup.tar", alias=portal)

    assert before.read_text() == "kept"


def rewrite(file: Path, *, old: bytes = b"", new: bytes = b"", without: str = "", rename: str = "") -> None:
    """Write the archive again with other words, without some members, or with `rename` in front of their names."""
    with tarfile.open(file) as archive:
        members = [(entry, archive.extractfile(entry).read()) for entry in archive]  # type: ignore[union-attr]
    with tarfile.open(file, "w") as archive:
        for entry, content in members:
            if without and without in entry.name:
                continue
            changed = content.replace(old, new) if entry.name == MANIFEST and old else content
            entry.size = len(changed)
            if rename:
                entry.name = entry.name.replace("media/", rename)
            archive.addfile(entry, io.BytesIO(changed))


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def flip_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[3_000] ^= 1
    file.write_bytes(content)


def add_file(file: Path) -> None:
    with tarfile.open(file, "a") as archive:
        archive.addfile(tarfile.TarInfo("media/added.webp"))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "truncated": (truncate, "not complete|cannot be read|damaged"),
    "changed": (flip_a_byte, r"is damaged: database.* is not as it was saved"),
    "no manifest": (partial(rewrite, without=MANIFEST), "no manifest"),
    "no picture": (partial(rewrite, without="media/"), "is missing"),
    "no database": (partial(rewrite, without="database."), "is missing"),
    "added": (add_file, "media/added.webp is missing, or was added"),
    "escaping": (partial(rewrite, old=b'"media/', new=b'"media/../', rename="media/../"), "unexpected file"),
    "absolute": (partial(rewrite, old=b'"media/', new=b'"media//', rename="media//"), "unexpected file"),
    "elsewhere": (partial(rewrite, old=b'"media/', new=b'"static/', rename="static/"), "unexpected file"),
    "rubbish": (lambda file: file.write_bytes(b"rubbish" * 1000), "cannot be read"),
    "empty": (lambda file: file.write_bytes(b""), "cannot be read"),
    "newer": (partial(rewrite, old=b'"format": 1', new=b'"format": 2'), "newer version"),
    "unknown": (partial(rewrite, old=b"news.0001_initial", new=b"news.0009_later"), "does not know: news.0009_later"),
    "other kind": (partial(rewrite, old=b'"vendor": "', new=b'"vendor": "my'), "is of a my"),
}


def test_damaged_backup_changes_nothing(portal: str, tmp_path: Path) -> None:
    before = state(portal)
    make_backup(tmp_path / "good.tar", at=NOW, alias=portal)

    for name, (damage, words) in DAMAGES.items():
        file = shutil.copy(tmp_path / "good.tar", tmp_path / f"{name}.tar")
        damage(file)
        with pytest.raises(ArchiveError, match=words):
            restore(file, replace=True, alias=portal)

    assert state(portal) == before


def test_missing_backup_is_refused(empty: str, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot be read: .*No such file"):
        restore(tmp_path / "none.tar", alias=empty)


def test_database_that_cannot_be_loaded_leaves_every_file_in_place(
    portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_backup(tmp_path / "backup.tar", at=NOW, alias=portal)
    added = Path(django_settings.MEDIA_ROOT, "added.webp")
    added.write_bytes(b"added")
    before = state(portal)
    monkeypatch.setitem(connections[portal].settings_dict, "NAME", str(tmp_path))

    with pytest.raises((DumpError, ArchiveError)):
        restore(tmp_path / "backup.tar", replace=True, alias=portal)
    monkeypatch.undo()

    assert state(portal) == before
