"""A backup of the whole portal in one file."""

import datetime as dt
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from postportal.audit.models import Head
from postportal.backups.archive import (
    DATABASE,
    MEDIA,
    ArchiveError,
    Manifest,
    add_file,
    add_manifest,
    check_archive,
)
from postportal.backups.dumps import SUFFIXES, check_dump, dump
from postportal.documents.models import DocumentFile
from postportal.images.models import Image, ImageFile

UNFINISHED = ".unfinished-"
_NAME = re.compile(r"postportal-\d{8}T\d{6}Z\.tar")


def file_in(folder: Path, *, at: dt.datetime) -> Path:
    """Return the path of a backup made at this time."""
    return folder / f"postportal-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.tar"


def make_backup(path: Path, *, at: dt.datetime, alias: str = "default") -> Manifest:
    """Write database and uploaded files to `path`, check the result and return its manifest.

    The portal can be running. The file has its name only when it is complete and was read back without a difference.
    Raise ArchiveError or DumpError if that fails."""
    if path.exists():
        raise ArchiveError(f"{path} already exists.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=path.parent) as name:
        folder = Path(name)
        _write(folder / "backup.tar", folder, at=at, alias=alias)
        manifest = check_archive(folder / "backup.tar")
        _sync(folder / "backup.tar")
        (folder / "backup.tar").rename(path)
        _sync(path.parent)
    return manifest


def remove_old_backups(folder: Path, *, keep: int) -> list[Path]:
    """Delete all but the newest backups in a folder and return those deleted. Other files are left alone."""
    backups = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = backups[:-keep]
    for path in old:
        path.unlink()
    return old


def media_folder() -> Path | None:
    """Return the folder of the uploaded files, or None if they are stored on another machine."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def media_files(folder: Path) -> Iterator[Path]:
    """Yield the uploaded files in a folder, without those that are still being written."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(UNFINISHED):
            yield path


def _write(path: Path, folder: Path, *, at: dt.datetime, alias: str) -> None:
    vendor = connections[alias].vendor
    database = folder / f"{DATABASE}{SUFFIXES[vendor]}"
    # Both before the copy: it has this entry of the log, however many follow while it is made.
    head = Head.objects.using(alias).filter(pk=Head.SINGLETON_PK).first() or Head()
    migrations = sorted(".".join(key) for key in MigrationRecorder(connections[alias]).applied_migrations())
    named = _uploaded_files(alias)
    dump(alias, to=database)
    check_dump(database)
    media = media_folder()
    with (
        open(path, "xb", opener=_private) as file,
        tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        files = {database.name: add_file(archive, database, name=database.name)}
        # After the database, so that every file it names is there: uploaded files never change.
        for upload in media_files(media) if media else ():
            name = f"{MEDIA}{upload.relative_to(media).as_posix()}"  # type: ignore[arg-type]
            files[name] = add_file(archive, upload, name=name)
        # A file that was deleted meanwhile is not missing.
        missing = sorted(_missing(named & _uploaded_files(alias), media)) if media else []
        created = at.astimezone(dt.UTC).isoformat(timespec="seconds")
        manifest = Manifest(created, vendor, migrations, head.number, head.hash, media is not None, files, missing)
        add_manifest(archive, manifest)


def _uploaded_files(alias: str) -> set[str]:
    """Return the names of the files that pictures and documents in the database have."""
    images = Image.objects.using(alias).only("file", "renditions").order_by()
    replaced = ImageFile.objects.using(alias).order_by().values_list("name", flat=True)
    documents = DocumentFile.objects.using(alias).order_by().values_list("name", flat=True)
    pictures = (name for image in images.iterator() for name in image.current_file_names())
    return {*pictures, *replaced, *documents}


def _missing(names: set[str], media: Path) -> Iterator[str]:
    """Yield the names of files that are not there or empty: a disk was not mounted, or was full."""
    for name in names:
        file = media / name
        if not file.is_file() or not file.stat().st_size:
            yield name


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner can read: a backup has the accounts and what readers wrote."""
    return os.open(path, flags, 0o600)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
