"""What an import did with each file, and what did not fit."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Action(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    # The item was there, by other hands, or was edited since: only the old address was tied to it.
    KEPT = "kept"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(slots=True)
class FileReport:
    name: str
    action: Action
    # "article “Night counters open”": what the page became.
    item: str = ""
    findings: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        item = f" {self.item}" if self.item else ""
        return [f"{self.name}: {self.action}{item}", *(f"    {finding}" for finding in self.findings)]


@dataclass(slots=True)
class Report:
    files: list[FileReport] = field(default_factory=list)
    # About navigation and hotlines, which every page repeats.
    site: list[str] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return sum(file.action is Action.FAILED for file in self.files)

    def totals(self) -> str:
        """ "12 files: 10 created, 1 unchanged, 1 failed; 3 remarks"."""
        counts = Counter(file.action for file in self.files)
        parts = ", ".join(f"{counts[action]} {action}" for action in Action if counts[action])
        remarks = sum(len(file.findings) for file in self.files) + len(self.site)
        return f"{len(self.files)} files: {parts or 'nothing to do'}; {remarks} remarks"
