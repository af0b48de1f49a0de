"""Backup files: a tar archive of the database and the uploaded files, and at its end a manifest with a hash of each."""

import hashlib
import io
import json
import shutil
import tarfile
from collections import Counter
from pathlib import Path
from typing import IO, Any, NamedTuple

MANIFEST = "manifest.json"
DATABASE = "database"
MEDIA = "media/"
FORMAT = 1
BLOCK_SIZE = 1024 * 1024


class ArchiveError(Exception):
    """The backup cannot be used. The message says why."""


class Manifest(NamedTuple):
    """List of what a backup holds: when and from which kind of database it was made, its migrations, the newest entry
    of the audit log, and the SHA-256 of each file by name. `has_media` is False if the uploaded files are stored on
    another machine. `missing` are the files of pictures that were not there, or empty."""

    created_at: str
    vendor: str
    migrations: list[str]
    audit_number: int
    audit_hash: str
    has_media: bool
    files: dict[str, str]
    missing: list[str]

    def media_names(self) -> dict[str, str]:
        """Return the hashes of the uploaded files by their path in the media folder."""
        return {name.removeprefix(MEDIA): value for name, value in self.files.items() if name.startswith(MEDIA)}


def add_file(archive: tarfile.TarFile, path: Path, *, name: str) -> str:
    """Add a file under this name and return its SHA-256."""
    with path.open("rb") as file:
        entry = archive.gettarinfo(arcname=name, fileobj=file)
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        reader = _HashingReader(file)
        archive.addfile(entry, reader)
    return reader.hash.hexdigest()


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Add the manifest, after everything else: an archive without one is not complete."""
    content = json.dumps({"format": FORMAT, **manifest._asdict()}, indent=1, sort_keys=True).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def check_archive(path: Path) -> Manifest:
    """Read the whole archive and return its manifest.

    Raise ArchiveError unless every file in it is as it was written and nothing is missing or added."""
    try:
        with tarfile.open(path, "r:") as archive:
            manifest = _read_manifest(archive)
            _check_names([entry.name for entry in archive.getmembers()], manifest)
            for entry in archive.getmembers():
                if entry.name != MANIFEST and _hash_of(archive, entry) != manifest.files[entry.name]:
                    raise ArchiveError(f"{path} is damaged: {entry.name} is not as it was saved.")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise ArchiveError(f"{path} cannot be read: {error}") from error
    return manifest


def extract_file(path: Path, name: str, *, to: Path) -> None:
    """Write a file of a checked archive to `to`, with its time of change."""
    with tarfile.open(path, "r:") as archive:
        extract_member(archive, archive.getmember(name), to=to)


def extract_member(archive: tarfile.TarFile, entry: tarfile.TarInfo, *, to: Path) -> None:
    with _content(archive, entry) as content, to.open("xb") as file:
        shutil.copyfileobj(content, file, BLOCK_SIZE)


def hash_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_manifest(archive: tarfile.TarFile) -> Manifest:
    try:
        values: dict[str, Any] = json.load(_content(archive, archive.getmember(MANIFEST)))
        if values.pop("format") != FORMAT:
            raise ArchiveError("The backup was made by a newer version of the portal.")
        return Manifest(**values)
    except (KeyError, TypeError, ValueError):
        raise ArchiveError("The backup is not complete: it has no manifest at its end.") from None


def _check_names(names: list[str], manifest: Manifest) -> None:
    expected = [*manifest.files, MANIFEST]
    if Counter(names) != Counter(expected):
        different = sorted((Counter(names) - Counter(expected)) + (Counter(expected) - Counter(names)))
        raise ArchiveError(f"The backup is damaged: {different[0]} is missing, or was added.")
    if not any(name.startswith(f"{DATABASE}.") for name in names):
        raise ArchiveError("The backup is damaged: it has no database.")
    for name in manifest.files:
        inner = Path(name.removeprefix(MEDIA))
        is_known = name.startswith((f"{DATABASE}.", MEDIA))
        if not is_known or inner.is_absolute() or ".." in inner.parts:
            raise ArchiveError(f"The backup contains an unexpected file: {name}.")


def _hash_of(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> str:
    with _content(archive, entry) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(entry) if entry.isreg() else None
    if content is None:
        raise ArchiveError(f"The backup is damaged: {entry.name} is not a file.")
    return content


class _HashingReader:
    """File that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.hash.update(block)
        return block
