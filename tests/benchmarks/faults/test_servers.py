"""Separate database and cache servers."""

from pathlib import Path

import pytest

from benchmarks.faults.servers import MissingProgram, Redis, _answers, _postgres_programs


def test_missing_redis_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)

    with pytest.raises(MissingProgram, match="redis-server is not installed"):
        Redis(tmp_path)


def test_missing_postgres_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    monkeypatch.setattr(Path, "glob", lambda folder, pattern: iter(()))

    with pytest.raises(MissingProgram, match="initdb"):
        _postgres_programs()


def test_closed_port_does_not_answer() -> None:
    # Nothing may listen on the discard port.
    assert not _answers(9)
