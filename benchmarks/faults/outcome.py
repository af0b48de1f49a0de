"""What a scenario came to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.faults.checker import broken_promises, percentile
from benchmarks.faults.load import Crowd, Reply

MAX_BROKEN_SHOWN = 12
SUCCESS_STATUSES = {"200", "201", "302"}


@dataclass
class Outcome:
    scenario: str
    database: str
    broken: list[str] = field(default_factory=list)
    measured: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0

    def report_lines(self) -> str:
        """A row of the table, what was measured, and each broken promise below it."""
        verdict = "skipped" if self.skipped else "BROKEN" if self.broken else "kept"
        rows = [f"{self.scenario:<10} {self.database:<11} {verdict:<8} {self.seconds:4.0f} s"]
        rows += [f"    {line}" for line in ([self.skipped] if self.skipped else self.measured)]
        rows += [f"    ! {line}" for line in self.broken[:MAX_BROKEN_SHOWN]]
        if len(self.broken) > MAX_BROKEN_SHOWN:
            rows.append(f"    ! and {len(self.broken) - MAX_BROKEN_SHOWN} more")
        return "\n".join(rows) + "\n"

    def expect(self, is_kept: object, otherwise: str) -> None:
        if not is_kept:
            self.broken.append(otherwise)

    def record_answers(self, crowd: Crowd, *, may_fail: set[str]) -> None:
        """Say what was answered; only `may_fail` may be given besides what is well."""
        statuses = crowd.statuses()
        self.broken += crowd.faults
        failed = {status: count for status, count in statuses.items() if status not in SUCCESS_STATUSES}
        self.broken += [f"{count} × {status}" for status, count in failed.items() if status not in may_fail]
        said = ", ".join(f"{count} × {status}" for status, count in sorted(failed.items())) or "none failed"
        self.measured.append(f"{sum(statuses.values())} answers, {said}")

    def record_latencies(self, name: str, replies: Sequence[Reply]) -> None:
        shares = ", ".join(f"p{share} {self.percentile(replies, share):.2f} s" for share in (50, 95, 99))
        self.measured.append(f"{len(replies)} {name}: {shares}")

    def percentile(self, replies: Sequence[Reply], share: float) -> float:
        return percentile([reply.seconds for reply in replies], share)

    def check_nothing_lost(self, crowd: Crowd) -> None:
        """Look into the database once as it was left, and once after what waits in the outbox was delivered."""
        self.measured.append(f"{crowd.ledger.acknowledged()} acknowledged saves, steps and uploads")
        self.expect(crowd.ledger.acknowledged(), "Nothing was acknowledged, so nothing is proved.")
        self.broken += broken_promises(crowd.ledger, crowd.portal.run_probe("look"))
        crowd.portal.run_probe("deliver")
        after = crowd.portal.run_probe("look")
        self.expect(not after["waiting"], f"{after['waiting']} events wait still after deliver_outbox.")
        self.broken += [what for what in broken_promises(crowd.ledger, after) if what not in self.broken]
