import tarfile
from pathlib import Path

import pytest

from postportal.backups.archive import ArchiveError, Manifest, add_file, add_manifest, check_archive, extract_file

MANIFEST = Manifest("2026-03-16T12:30:00+00:00", "sqlite", ["news.0001_initial"], 3, "ab" * 32, True, {}, [])


def write(file: Path, folder: Path, **contents: bytes) -> Manifest:
    files = {}
    with tarfile.open(file, "w") as archive:
        for name, content in {"database.sqlite3": b"rows", **contents}.items():
            (folder / "member").write_bytes(content)
            files[name] = add_file(archive, folder / "member", name=name)
        manifest = MANIFEST._replace(files=files)
        add_manifest(archive, manifest)
    return manifest


def test_archive_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = write(tmp_path / "a.tar", tmp_path, **{"media/信 封.webp": b"picture" * 999})

    assert check_archive(tmp_path / "a.tar") == manifest
    assert list(manifest.media_names()) == ["信 封.webp"]
    extract_file(tmp_path / "a.tar", "media/信 封.webp", to=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"picture" * 999


def test_link_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.tar", tmp_path, **{"media/a.webp": b"picture"})
    link = tarfile.TarInfo("media/a.webp")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "a.tar") as archive, tarfile.open(tmp_path / "b.tar", "w") as other:
        for entry in archive:
            is_picture = entry.name == link.name
            other.addfile(link if is_picture else entry, None if is_picture else archive.extractfile(entry))

    with pytest.raises(ArchiveError, match=r"media/a\.webp is not a file"):
        check_archive(tmp_path / "b.tar")


def test_file_of_another_program_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("notes.txt"))

    with pytest.raises(ArchiveError, match="it has no manifest at its end"):
        check_archive(tmp_path / "a.tar")
