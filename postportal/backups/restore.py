"""The portal as it was when a backup was made."""

import os
import tarfile
import tempfile
from pathlib import Path

from django.core.cache import cache
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from postportal.backups.archive import (
    DATABASE,
    MEDIA,
    ArchiveError,
    Manifest,
    check_archive,
    extract_file,
    extract_member,
    hash_of_file,
)
from postportal.backups.backup import UNFINISHED, media_files, media_folder
from postportal.backups.dumps import SUFFIXES, check_dump, load
from postportal.backups.tables import used_models
from postportal.page_cache.triggers import drop_everything

FILE_MODE = 0o644


def restore(path: Path, *, replace: bool = False, alias: str = "default") -> Manifest:
    """Put back database and uploaded files, and return the manifest. Raise ArchiveError or DumpError if it is refused.

    Everything is checked before anything is written. Files are written first, then the database in one transaction, and
    only then the files that the backup does not have are deleted: whatever fails in between, the database that is in
    place has all of its files."""
    manifest = check_archive(path)
    _check_fits(manifest, alias=alias)
    if not replace and (reason := _used(alias)):
        raise ArchiveError(f"The portal is not empty: {reason}. Add --replace to delete what it has now.")
    media = media_folder()
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=media_parent(media, path)) as name:
        database = Path(name, f"{DATABASE}{SUFFIXES[manifest.vendor]}")
        extract_file(path, database.name, to=database)
        check_dump(database)
        if media and manifest.has_media:
            _write_files(path, manifest, media)
        load(database, alias=alias)
        # Running processes have kept pages of another database.
        drop_everything(alias)
    if media and manifest.has_media:
        _remove_other_files(manifest, media)
    cache.clear()
    return manifest


def media_parent(media: Path | None, path: Path) -> Path:
    """Return a folder with room for the database: next to the uploaded files, or else next to the backup."""
    if media is None:
        return path.parent
    media.parent.mkdir(parents=True, exist_ok=True)
    return media.parent


def _check_fits(manifest: Manifest, *, alias: str) -> None:
    vendor = connections[alias].vendor
    if manifest.vendor != vendor:
        raise ArchiveError(
            f"The backup is of a {manifest.vendor} database, and DATABASE_URL names a {vendor} database. "
            "Restore it into a database of its kind, then use “manage.py move_to”."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise ArchiveError(
            f"The backup has migrations that this version of the portal does not know: {', '.join(unknown)}. "
            "Install the version that made it, with the same optional apps."
        )


def _used(alias: str) -> str:
    """Return in words what the portal has already, or nothing."""
    media = media_folder()
    if media and media.is_dir() and any(True for _file in media_files(media)):
        return f"there are files in {media}"
    if not connections[alias].introspection.table_names():
        return ""
    try:
        names = [str(model._meta.verbose_name) for model in used_models(alias)]
    except DatabaseError:
        return "the database has tables of another version"
    return f"it has rows of {', '.join(names[:5])}" if names else ""


def _write_files(path: Path, manifest: Manifest, media: Path) -> None:
    """Write each file that is missing or different, under another name until it is complete."""
    with tarfile.open(path, "r:") as archive:
        for entry in archive:
            if not entry.name.startswith(MEDIA):
                continue
            target = media / entry.name.removeprefix(MEDIA)
            if target.is_file() and hash_of_file(target) == manifest.files[entry.name]:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(f"{UNFINISHED}{target.name}")
            unfinished.unlink(missing_ok=True)
            extract_member(archive, entry, to=unfinished)
            unfinished.chmod(FILE_MODE)
            os.utime(unfinished, (entry.mtime, entry.mtime))
            unfinished.replace(target)


def _remove_other_files(manifest: Manifest, media: Path) -> None:
    # What was missing in the backup may still be here.
    names = {*manifest.media_names(), *manifest.missing}
    for file in list(media_files(media)):
        if file.relative_to(media).as_posix() not in names:
            file.unlink()
