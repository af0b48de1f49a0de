"""Report of an import: the status of each file, and the findings."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class ImportStatus(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    # The item existed before or was edited since: it is not changed, but its old URL redirects to it.
    KEPT = "kept"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(slots=True)
class FileReport:
    name: str
    status: ImportStatus
    # The item the page was imported as: "article “Night counters open”".
    item: str = ""
    findings: list[str] = field(default_factory=list)

    def format_lines(self) -> list[str]:
        item = f" {self.item}" if self.item else ""
        return [f"{self.name}: {self.status}{item}", *(f"    {finding}" for finding in self.findings)]


@dataclass(slots=True)
class Report:
    file_reports: list[FileReport] = field(default_factory=list)
    # Findings about navigation and hotlines, which are the same on every page.
    site_findings: list[str] = field(default_factory=list)

    @property
    def failed_count(self) -> int:
        return sum(file.status is ImportStatus.FAILED for file in self.file_reports)

    @property
    def has_changes(self) -> bool:
        return any(file.status in {ImportStatus.CREATED, ImportStatus.UPDATED} for file in self.file_reports)

    def summary(self) -> str:
        """Return the totals, like "12 files: 10 created, 1 unchanged, 1 failed; 3 findings"."""
        counts = Counter(file.status for file in self.file_reports)
        parts = ", ".join(f"{counts[status]} {status}" for status in ImportStatus if counts[status])
        finding_count = sum(len(file.findings) for file in self.file_reports) + len(self.site_findings)
        findings = "1 finding" if finding_count == 1 else f"{finding_count} findings"
        return f"{count_files(len(self.file_reports))}: {parts or 'nothing to do'}; {findings}"


def count_files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
