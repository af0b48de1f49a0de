"""The portal under test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.faults.portal import Portal, children, gunicorn_command, wait_until


def test_command_of_the_unit_file_is_tested() -> None:
    assert gunicorn_command()[:4] == ["gunicorn", "postportal.wsgi", "--worker-class", "gthread"]


def test_child_processes_are_found() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in children(os.getpid())
        child.communicate(b"\n")


def test_condition_that_is_never_met_ends_the_wait() -> None:
    with pytest.raises(TimeoutError, match=r"^No save after 0\.01 s\.$"):
        wait_until(lambda: False, 0.01, what="No save")


def test_failed_command_is_raised_with_its_output(tmp_path: Path) -> None:
    portal = Portal(tmp_path, static=tmp_path, database="sqlite:///:memory:")

    with pytest.raises(RuntimeError, match="disk is full"):
        portal.run("-c", "raise SystemExit('disk is full')")


def test_secrets_of_the_environment_are_not_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example")
    monkeypatch.setenv("DATABASE_URL", "postgres://live")

    environment = Portal(tmp_path, static=tmp_path, database="sqlite:///:memory:").environment

    assert (environment["EMAIL_URL"], environment["DATABASE_URL"]) == ("dummymail://", "sqlite:///:memory:")
