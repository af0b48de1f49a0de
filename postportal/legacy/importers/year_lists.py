"""Import of a year's stamp list as announced issues."""

import datetime as dt

from postportal.legacy.importers.outcomes import ImportOutcome, truncate_to_field
from postportal.legacy.importers.stamp_kinds import kind_of_issue
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.parsing.year_list import ListedIssue
from postportal.legacy.report import ImportStatus
from postportal.publishing.models import State
from postportal.web.languages import is_chinese
from services.models import StampIssue


def store_year_list(page: LegacyPage, *, at: dt.datetime) -> ImportOutcome:
    """Create an announced issue for each entry whose serial number is new."""
    findings: list[str] = []
    created_count = 0
    for listed in page.year_list.issues if page.year_list else ():
        issue = _find_issue(listed)
        if issue is not None:
            findings.extend(_compare_titles(issue, listed, language=page.language))
        elif listed.is_truncated:
            findings.append(f"{listed.serial} “{listed.title}…” is truncated and no issue has this number: not created")
        else:
            _create(listed, language=page.language, at=at, findings=findings)
            created_count += 1
    return ImportOutcome(ImportStatus.CREATED if created_count else ImportStatus.UNCHANGED, findings=findings)


def _find_issue(listed: ListedIssue) -> StampIssue | None:
    serial = listed.serial
    return StampIssue.objects.filter(series=serial.series, year=serial.year, number=serial.number).first()


def _compare_titles(issue: StampIssue, listed: ListedIssue, *, language: str) -> list[str]:
    """Fill in a full Chinese title if the issue has none. Return findings about any other difference."""
    titles = [title.casefold() for title in (issue.title, issue.title_zh) if title]
    listed_title = listed.title.casefold()
    if listed_title in titles or (listed.is_truncated and any(title.startswith(listed_title) for title in titles)):
        return []
    if is_chinese(language) and not issue.title_zh and not listed.is_truncated:
        issue.title_zh = listed.title[:100]
        issue.save()
        return []
    printed_title = f"{listed.title}…" if listed.is_truncated else listed.title
    return [f"{listed.serial} kept as “{issue.title}”, the list has “{printed_title}”"]


def _create(listed: ListedIssue, *, language: str, at: dt.datetime, findings: list[str]) -> None:
    serial = listed.serial
    issue = StampIssue(
        series=serial.series, year=serial.year, number=serial.number, state=State.PUBLISHED, publish_at=at
    )
    issue.title = truncate_to_field(issue, "title", listed.title, findings=findings)
    if is_chinese(language):
        issue.title_zh = truncate_to_field(issue, "title_zh", listed.title, findings=findings)
    issue.standfirst = truncate_to_field(issue, "standfirst", listed.text, findings=findings)
    issue.kind = kind_of_issue(serial.type)
    issue.full_clean()
    issue.save()
