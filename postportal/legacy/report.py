"""What an import did with each file, and what did not fit."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class ImportStatus(StrEnum):
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
    status: ImportStatus
    # "article “Night counters open”": what the page became.
    item: str = ""
    findings: list[str] = field(default_factory=list)

    def format_lines(self) -> list[str]:
        item = f" {self.item}" if self.item else ""
        return [f"{self.name}: {self.status}{item}", *(f"    {finding}" for finding in self.findings)]


@dataclass(slots=True)
class Report:
    file_reports: list[FileReport] = field(default_factory=list)
    # About navigation and hotlines, which every page repeats.
    site_findings: list[str] = field(default_factory=list)

    @property
    def failed_count(self) -> int:
        return sum(file.status is ImportStatus.FAILED for file in self.file_reports)

    def summary(self) -> str:
        """ "12 files: 10 created, 1 unchanged, 1 failed; 3 remarks"."""
        counts = Counter(file.status for file in self.file_reports)
        parts = ", ".join(f"{counts[action]} {action}" for action in ImportStatus if counts[action])
        remarks = sum(len(file.findings) for file in self.file_reports) + len(self.site_findings)
        return f"{len(self.file_reports)} files: {parts or 'nothing to do'}; {remarks} remarks"
