"""The outcome of a scenario."""

from collections import Counter
from pathlib import Path

from benchmarks.faults.load import Crowd, Reply
from benchmarks.faults.outcome import MAX_BROKEN_SHOWN, Outcome
from benchmarks.faults.portal import Portal
from benchmarks.faults.stories import Ledger


def crowd(tmp_path: Path, statuses: Counter[str]) -> Crowd:
    portal = Portal(tmp_path, static=tmp_path, database="sqlite:///:memory:")
    saves = [Reply(0.0, 0.1, status, "added") for status in statuses.elements()]
    return Crowd(portal, Ledger(), saves=saves)


def test_report_lists_measurements_and_broken_guarantees() -> None:
    outcome = Outcome("kill", "SQLite", measured=["50 kills"], seconds=61.2)
    outcome.expect([], "Started again only after 9.0 s.")
    outcome.expect([1], "Not reported.")

    assert outcome.report_lines() == (
        "kill       SQLite      BROKEN     61 s\n    50 kills\n    ! Started again only after 9.0 s.\n"
    )


def test_report_of_a_skipped_scenario_has_the_reason() -> None:
    outcome = Outcome("cache", "SQLite", skipped="redis-server is not installed")

    assert outcome.report_lines() == "cache      SQLite      skipped     0 s\n    redis-server is not installed\n"


def test_long_report_is_cut() -> None:
    outcome = Outcome("kill", "SQLite", broken=[str(number) for number in range(MAX_BROKEN_SHOWN + 3)])

    assert outcome.report_lines().endswith(f"    ! {MAX_BROKEN_SHOWN - 1}\n    ! and 3 more\n")


def test_unexpected_status_and_stopped_thread_break_a_guarantee(tmp_path: Path) -> None:
    outcome, people = Outcome("writers", "SQLite"), crowd(tmp_path, Counter({"200": 7, "500": 2, "503": 1}))
    people.faults.append("A thread stopped: KeyError('csrftoken')")

    outcome.record_answers(people, may_fail={"503"})

    assert outcome.broken == ["A thread stopped: KeyError('csrftoken')", "2 × 500"]
    assert outcome.measured == ["10 responses, 2 × 500, 1 × 503"]


def test_latencies_are_measured_as_percentiles() -> None:
    outcome = Outcome("writers", "SQLite")

    outcome.record_latencies("saves", [Reply(0.0, seconds, "302", "added") for seconds in (0.1, 0.2, 3.0)])

    assert outcome.measured == ["3 saves: p50 0.20 s, p95 3.00 s, p99 3.00 s"]
