"""Outcome of a scenario: broken guarantees and measurements."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.faults.checker import broken_guarantees, percentile
from benchmarks.faults.load import Crowd, Reply

MAX_BROKEN_SHOWN = 12
SUCCESS_STATUSES = {"200", "201", "302"}


@dataclass
class Outcome:
    """The outcome of a scenario on a database."""

    scenario: str
    database: str
    broken: list[str] = field(default_factory=list)
    measured: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0

    def report_lines(self) -> str:
        """Return the line of the table, followed by the measurements and each broken guarantee."""
        verdict = "skipped" if self.skipped else "BROKEN" if self.broken else "passed"
        rows = [f"{self.scenario:<10} {self.database:<11} {verdict:<8} {self.seconds:4.0f} s"]
        rows += [f"    {line}" for line in ([self.skipped] if self.skipped else self.measured)]
        rows += [f"    ! {line}" for line in self.broken[:MAX_BROKEN_SHOWN]]
        if len(self.broken) > MAX_BROKEN_SHOWN:
            rows.append(f"    ! and {len(self.broken) - MAX_BROKEN_SHOWN} more")
        return "\n".join(rows) + "\n"

    def expect(self, condition: object, error: str) -> None:
        if not condition:
            self.broken.append(error)

    def record_answers(self, crowd: Crowd, *, may_fail: set[str]) -> None:
        """Count the responses. Statuses other than success and those in `may_fail` break a guarantee."""
        statuses = crowd.statuses()
        self.broken += crowd.faults
        failed = {status: count for status, count in statuses.items() if status not in SUCCESS_STATUSES}
        self.broken += [f"{count} × {status}" for status, count in failed.items() if status not in may_fail]
        summary = ", ".join(f"{count} × {status}" for status, count in sorted(failed.items())) or "none failed"
        self.measured.append(f"{sum(statuses.values())} responses, {summary}")

    def record_latencies(self, name: str, replies: Sequence[Reply]) -> None:
        shares = ", ".join(f"p{share} {self.percentile(replies, share):.2f} s" for share in (50, 95, 99))
        self.measured.append(f"{len(replies)} {name}: {shares}")

    def percentile(self, replies: Sequence[Reply], share: float) -> float:
        return percentile([reply.seconds for reply in replies], share)

    def check_nothing_lost(self, crowd: Crowd) -> None:
        """Check the database as it is, and again after delivering the outbox."""
        self.measured.append(f"{crowd.ledger.acknowledged()} acknowledged saves, steps and uploads")
        self.expect(crowd.ledger.acknowledged(), "Nothing was acknowledged, so the run proves nothing.")
        self.broken += broken_guarantees(crowd.ledger, crowd.portal.run_probe("look"))
        crowd.portal.run_probe("deliver")
        after = crowd.portal.run_probe("look")
        self.expect(not after["waiting"], f"{after['waiting']} events are left after deliver_outbox.")
        self.broken += [error for error in broken_guarantees(crowd.ledger, after) if error not in self.broken]
