"""Import of a year's stamp list as announced issues. Where an entry lacks something, staff are asked to complete it."""

import datetime as dt
from dataclasses import dataclass, field

from postportal.legacy.importers.list_entries import entry_key, issues_of_entry, lacking_of
from postportal.legacy.importers.outcomes import ImportOutcome, truncate_to_field
from postportal.legacy.importers.stamp_fingerprints import fingerprint, refresh_fingerprints
from postportal.legacy.importers.stamp_kinds import kind_of_issue
from postportal.legacy.models import CUT_MARK, ListEntry
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.parsing.sexagenary_years import is_outside_named_year
from postportal.legacy.parsing.year_list import ListedIssue
from postportal.legacy.report import ImportStatus
from postportal.publishing.models import State
from postportal.richtext.plain_text import plain_text
from postportal.web.languages import is_chinese
from services.models import StampIssue


@dataclass(slots=True)
class _ListImport:
    page: LegacyPage
    year: int | None
    at: dt.datetime
    findings: list[str] = field(default_factory=list)
    created_count: int = 0
    updated_count: int = 0

    def store(self, listed: ListedIssue) -> None:
        entry = ListEntry.objects.filter(key=entry_key(listed, year=self.year)).first()
        if entry and entry.issue is None:
            self.findings.append(f"“{_printed(listed)}”: the issue has been deleted and is not created again")
            return
        issues = [entry.issue] if entry and entry.issue else issues_of_entry(listed, year=self.year)
        if len(issues) > 1:
            self.findings.append(f"“{_printed(listed)}” can be any of {', '.join(map(str, issues))}: not created")
        elif issues:
            self._complete(issues[0], listed, entry=entry or self._remember(listed, issue=issues[0]))
        else:
            self._create(listed)

    def _remember(self, listed: ListedIssue, *, issue: StampIssue) -> ListEntry:
        link = {"host": listed.link.host, "path": listed.link.path[:1000]} if listed.link else {}
        return ListEntry.objects.create(key=entry_key(listed, year=self.year), issue=issue, **link)

    def _create(self, listed: ListedIssue) -> None:
        lacking = lacking_of(listed)
        issue = StampIssue(state=State.PUBLISHED, publish_at=self.at)
        self._set_serial(issue, listed)
        title = _printed_title(listed)
        issue.title = truncate_to_field(issue, "title", title, findings=self.findings)
        if is_chinese(self.page.language):
            issue.title_zh = truncate_to_field(issue, "title_zh", title, findings=self.findings)
        if lacking == ListEntry.Lacking.TITLE:
            # Readers never see half a title.
            issue.state = State.DRAFT
        issue.standfirst = truncate_to_field(issue, "standfirst", listed.text, findings=self.findings)
        issue.full_clean()
        issue.save()
        self.created_count += 1
        entry = self._remember(listed, issue=issue)
        entry.lacking, entry.fingerprint = lacking, fingerprint(issue)
        entry.save()
        if lacking == ListEntry.Lacking.TITLE:
            self.findings.append(f"“{_printed(listed)}”: title cut off, saved as an incomplete draft")
        elif lacking:
            self.findings.append(f"“{_printed(listed)}”: no serial number, saved as incomplete")

    def _set_serial(self, issue: StampIssue, listed: ListedIssue) -> None:
        serial = listed.serial
        if serial:
            issue.numbering, issue.series = serial.numbering, serial.series
            issue.year, issue.number = serial.year or self.year, serial.number
            issue.kind = issue.kind or kind_of_issue(serial.type)
        elif self.year and not is_outside_named_year(listed.title, dt.date(self.year, 6, 30)):
            issue.year = self.year
        elif self.year:
            self.findings.append(f"“{listed.title}” names another year than that of the list: year unknown")

    def _complete(self, issue: StampIssue, listed: ListedIssue, *, entry: ListEntry) -> None:
        """Add what the list knows and the issue does not, and report any other difference."""
        before = fingerprint(issue)
        is_ours = entry.fingerprint == before
        self._complete_title(issue, listed, entry=entry, is_ours=is_ours)
        if issue.number is None and not issue.serial and (listed.serial or issue.year is None):
            self._set_serial(issue, listed)
            entry.lacking = entry.lacking if entry.lacking != ListEntry.Lacking.NUMBER or not listed.serial else ""
        text = f"{issue.standfirst} {plain_text(issue.body)}"
        if listed.text and " ".join(listed.text.split()) not in " ".join(text.split()):
            self.findings.append(f"text of “{_printed(listed)}” in the list not imported: “{listed.text}”")
        if fingerprint(issue) == before:
            return
        issue.full_clean()
        issue.save()
        self.updated_count += 1
        after = fingerprint(issue)
        entry.fingerprint = after if is_ours else entry.fingerprint
        entry.save()
        refresh_fingerprints(issue, before=before, after=after)

    def _complete_title(self, issue: StampIssue, listed: ListedIssue, *, entry: ListEntry, is_ours: bool) -> None:
        titles = [title.casefold() for title in (issue.title, issue.title_zh) if title]
        title = listed.title.casefold()
        if title in titles or (listed.is_truncated and any(each.startswith(title) for each in titles)):
            return
        if is_ours and entry.lacking == ListEntry.Lacking.TITLE and not listed.is_truncated:
            # Another list has the whole title.
            issue.title = truncate_to_field(issue, "title", listed.title, findings=self.findings)
            issue.title_zh = issue.title[:100] if issue.title_zh else ""
            issue.state, issue.publish_at = State.PUBLISHED, self.at
            entry.lacking = lacking_of(listed)
        elif is_chinese(self.page.language) and not issue.title_zh and not listed.is_truncated:
            issue.title_zh = truncate_to_field(issue, "title_zh", listed.title, findings=self.findings)
        else:
            name = issue.serial or "title"
            self.findings.append(f"{name} kept as “{issue.title}”, the list has “{_printed_title(listed)}”")


def store_year_list(page: LegacyPage, *, at: dt.datetime) -> ImportOutcome:
    """Create an issue for each entry that is new, and complete those that a list or a page has brought before."""
    run = _ListImport(page, page.year_list.year if page.year_list else None, at)
    for listed in page.year_list.issues if page.year_list else ():
        run.store(listed)
    status = ImportStatus.UNCHANGED
    if run.created_count:
        status = ImportStatus.CREATED
    elif run.updated_count:
        status = ImportStatus.UPDATED
    return ImportOutcome(status, findings=run.findings)


def _printed(listed: ListedIssue) -> str:
    return f"{listed.serial or ''} {_printed_title(listed)}".strip()


def _printed_title(listed: ListedIssue) -> str:
    return f"{listed.title}{CUT_MARK}" if listed.is_truncated else listed.title
