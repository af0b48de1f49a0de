"""Import of pages about one stamp issue, with its stamps and credits."""

import datetime as dt
from typing import Any

from django.utils import timezone

from news.imports.known_names import KnownNames
from news.models import Organization
from postportal.legacy.importers.articles import opening_time_on
from postportal.legacy.importers.fallback_titles import title_or_first_words
from postportal.legacy.importers.list_entries import listed_issue_for_page
from postportal.legacy.importers.outcomes import (
    ImportOutcome,
    adopt_earlier_capture,
    clean_body,
    find_earlier_item,
    find_same_title,
    reason_to_keep_item,
    truncate_to_field,
)
from postportal.legacy.importers.serial_matching import find_by_serial
from postportal.legacy.importers.stamp_child_rows import add_child_rows
from postportal.legacy.importers.stamp_fingerprints import FACTS, fingerprint, refresh_fingerprints
from postportal.legacy.importers.stamp_kinds import kind_of_issue
from postportal.legacy.models import Capture, ListEntry
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.parsing.stamp_facts import StampFacts
from postportal.legacy.report import ImportStatus
from postportal.publishing.models import State
from postportal.publishing.versions import imports
from postportal.publishing.workflow.updates import mark_update
from postportal.richtext.plain_text import plain_text
from postportal.web.languages import is_chinese
from services.models import StampIssue
from services.models.currencies import Currency

_SERIAL_FIELDS = ("numbering", "series", "year", "number")


def store_stamp_issue(page: LegacyPage, *, capture: Capture, names: KnownNames, at: dt.datetime) -> ImportOutcome:
    """Create or update the issue of the page. If editors have changed the issue, only blank fields are filled in."""
    findings: list[str] = []
    title = title_or_first_words(page, findings=findings)
    values = _read_values(page, title=title, names=names, findings=findings)
    issue = _find_earlier_issue(values, page, capture=capture)
    if issue is None:
        return _create(values, page, names=names, at=at, findings=findings)
    before, contents = fingerprint(issue), imports.contents_before_import([issue])
    is_stub = ListEntry.objects.filter(issue=issue, fingerprint=before).exclude(fingerprint="").exists()
    reason = "" if is_stub else reason_to_keep_item(issue, capture=capture, current=before)
    if reason:
        findings.append(f"only blank fields filled in: {reason}")
        _fill_blank_values(issue, values, findings=findings)
    else:
        has_other_sources = is_stub or _has_other_sources(issue, capture=capture)
        _overwrite_values(issue, values, findings=findings, keep_unknown=has_other_sources)
        if is_stub and issue.state == State.DRAFT:
            _publish(issue, at=at)
    if fingerprint(issue) != before:
        mark_update(issue, at=at)
        issue.full_clean()
        issue.save()
    add_child_rows(issue, page, names=names)
    after = fingerprint(issue)
    _complete_entries(issue, before=before, after=after, is_ours=not reason)
    new_fingerprint = capture.fingerprint if reason else after
    if after != before:
        imports.record_import([] if reason else [issue], before=contents)
        return ImportOutcome(ImportStatus.UPDATED, issue, new_fingerprint, findings)
    status = ImportStatus.KEPT if reason else ImportStatus.UNCHANGED
    return ImportOutcome(status, issue, new_fingerprint, findings)


def _has_other_sources(issue: StampIssue, *, capture: Capture) -> bool:
    """Return True if another page or a list has told the import about the issue, too."""
    captures = Capture.objects.for_item(issue).exclude(pk=capture.pk)
    return captures.exists() or ListEntry.objects.filter(issue=issue).exists()


def _complete_entries(issue: StampIssue, *, before: str, after: str, is_ours: bool) -> None:
    """Note that the issue has a page of its own now."""
    if is_ours:
        ListEntry.objects.filter(issue=issue).update(lacking="", fingerprint="")
    refresh_fingerprints(issue, before=before, after=after)


def _read_values(page: LegacyPage, *, title: str, names: KnownNames, findings: list[str]) -> dict[str, Any]:
    """Return the values on the page by field. Unknown values are left out."""
    facts = page.stamp or StampFacts()
    issuer = names.resolve(facts.issuer, model=Organization) if facts.issuer else None
    serial = facts.serial
    values: dict[str, Any] = {
        "title": title,
        "title_zh": title if is_chinese(page.language) else "",
        "standfirst": page.subtitle,
        "body": clean_body(page.body, findings=findings),
        "kind": kind_of_issue(serial.type if serial and serial.type else facts.type),
        "issuer_id": issuer.pk if issuer else None,
        "issued_on": facts.issued_on,
        "stamp_count": facts.stamp_count,
        "souvenir_sheet_count": facts.souvenir_sheet_count,
        "face_value": facts.face_value,
        "currency": facts.currency if facts.currency in Currency.values else "",
        "size": facts.size,
        "perforation": facts.perforation,
        "process": facts.process,
        "sheet_composition": facts.sheet_composition,
        "print_run": facts.print_run,
        "security_features": facts.security_features,
        "paper": facts.paper,
    }
    if serial:
        values |= {name: getattr(serial, name) for name in _SERIAL_FIELDS}
    return {name: value for name, value in values.items() if value not in (None, "") or name == "series"}


def _find_earlier_issue(values: dict[str, Any], page: LegacyPage, *, capture: Capture) -> StampIssue | None:
    """Find the issue imported from this page, the one with its serial number, the one that a list has announced, or one
    of its title without a number."""
    earlier = find_earlier_item(capture, StampIssue)
    if isinstance(earlier, StampIssue):
        return earlier
    serial, title = page.stamp.serial if page.stamp else None, values.get("title", "")
    issued_on = values.get("issued_on")
    year = (serial.year if serial else None) or (issued_on.year if issued_on else None)
    issue = find_by_serial(serial) if serial else None
    issue = issue or listed_issue_for_page(title, serial=serial, url=page.url, year=year)
    if issue is None and serial is None:
        issue = find_same_title(StampIssue.objects.filter(number=None, serial=""), title)
    adopt_earlier_capture(capture, issue)
    return issue


def _create(
    values: dict[str, Any], page: LegacyPage, *, names: KnownNames, at: dt.datetime, findings: list[str]
) -> ImportOutcome:
    issue = StampIssue(state=State.PUBLISHED, publish_at=at)
    _overwrite_values(issue, values, findings=findings)
    _publish(issue, at=at)
    issue.full_clean()
    issue.save()
    add_child_rows(issue, page, names=names)
    return ImportOutcome(ImportStatus.CREATED, issue, fingerprint(issue), findings)


def _publish(issue: StampIssue, *, at: dt.datetime) -> None:
    """Publish the issue on its day of issue, if that has come."""
    issue.state, issue.publish_at = State.PUBLISHED, at
    if issue.issued_on and issue.issued_on <= timezone.localdate(at):
        issue.publish_at = opening_time_on(issue.issued_on)


def _overwrite_values(
    issue: StampIssue, values: dict[str, Any], *, findings: list[str], keep_unknown: bool = False
) -> None:
    """Set all fields from the page. Values that are no longer on the page become unknown, unless `keep_unknown`."""
    if keep_unknown and _is_teaser(issue.standfirst, of=values.get("body", "")):
        values = {"standfirst": "", **values}
    for name in FACTS:
        field = issue._meta.get_field(name)
        if keep_unknown and field.attname not in values:  # type: ignore[union-attr]
            continue
        value = values.get(field.attname, field.get_default())  # type: ignore[union-attr]
        value = truncate_to_field(issue, name, value, findings=findings) if isinstance(value, str) else value
        setattr(issue, field.attname, value)  # type: ignore[union-attr]


def _is_teaser(standfirst: str, *, of: str) -> bool:
    """Return True if the list has printed the beginning of the text only."""
    words = " ".join(standfirst.rstrip("…. ").split())
    return bool(words) and words in " ".join(plain_text(of).split())


def _fill_blank_values(issue: StampIssue, values: dict[str, Any], *, findings: list[str]) -> None:
    """Fill in blank fields only and report differences: editors have worked on the issue, or a list announced it."""
    if issue.serial:
        # The parts of a serial number belong together.
        values = {name: value for name, value in values.items() if name not in _SERIAL_FIELDS or getattr(issue, name)}
    for name, value in values.items():
        current = getattr(issue, name)
        if current in (None, ""):
            fitting = truncate_to_field(issue, name, value, findings=findings) if isinstance(value, str) else value
            setattr(issue, name, fitting)
        elif _differs(name, current, value) and value != issue.title_zh:
            label = name.replace("_", " ")
            findings.append(f"{label} kept as “{_shorten(current)}”, the page has “{_shorten(value)}”")


def _differs(name: str, current: Any, value: Any) -> bool:
    if name == "body":
        return plain_text(str(current)) != plain_text(str(value))
    return str(current).casefold() != str(value).casefold() if isinstance(value, str) else current != value


def _shorten(value: Any) -> str:
    text = plain_text(str(value)).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:60]}…"
