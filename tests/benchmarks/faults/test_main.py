"""Running the fault tests."""

import argparse
import contextlib
import signal
from pathlib import Path

import pytest

from benchmarks.faults.__main__ import Runner, time_limit
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.servers import MissingProgram


def runner(tmp_path: Path) -> Runner:
    options = argparse.Namespace(limit=60, only=("cache",))
    return Runner(options, folder=tmp_path, stack=contextlib.ExitStack())


def test_time_limit_ends_what_hangs() -> None:
    with pytest.raises(TimeoutError, match="Not finished"), time_limit(0.01):
        signal.pause()


def test_missing_program_skips_the_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = runner(tmp_path)

    def scenario(outcome: Outcome) -> None:
        raise MissingProgram("redis-server is not installed")

    run._run_one("cache", "SQLite", scenario)
    run._run_one("kill", "SQLite", scenario)

    assert [(outcome.scenario, outcome.skipped) for outcome in run.outcomes] == [
        ("cache", "redis-server is not installed")
    ]
    assert "skipped" in capsys.readouterr().out


def test_error_of_a_scenario_breaks_a_guarantee(tmp_path: Path) -> None:
    run = runner(tmp_path)

    def scenario(outcome: Outcome) -> None:
        raise TimeoutError("The portal does not respond after 30 s.")

    run._run_one("cache", "SQLite", scenario)

    assert run.outcomes[0].broken == ["The portal does not respond after 30 s."]
