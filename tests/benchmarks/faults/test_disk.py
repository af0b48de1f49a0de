"""The full disk of the fault tests."""

from pathlib import Path

import pytest

from benchmarks.faults.disk import _media_files, small_disk
from benchmarks.faults.servers import MissingProgram


def test_small_disk_needs_a_mount_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)

    with pytest.raises(MissingProgram, match="only root can mount a small disk"), small_disk(tmp_path / "disk"):
        pass


def test_media_files_include_subfolders_but_no_folders(tmp_path: Path) -> None:
    folder = tmp_path / "media" / "2026"
    folder.mkdir(parents=True)
    (folder / "a.png").touch()
    (tmp_path / "db.sqlite3").touch()

    assert _media_files(tmp_path) == {folder / "a.png"}
