"""Import of static pages and topics as pages."""

import datetime as dt

from postportal.legacy.importers.fallback_titles import title_or_first_words
from postportal.legacy.importers.outcomes import (
    ImportOutcome,
    adopt_earlier_capture,
    clean_body,
    find_earlier_item,
    find_same_title,
    reason_to_keep_item,
    truncate_to_field,
)
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Page
from postportal.publishing.models import State
from postportal.publishing.versions import imports
from postportal.publishing.workflow.updates import mark_update
from postportal.richtext.plain_text import plain_text
from postportal.richtext.sanitize import clean_html

_FINGERPRINT_FIELDS = ("path", "title", "standfirst", "body", "language", "state", "publish_at", "expire_at")


def store_page(page: LegacyPage, *, capture: Capture, at: dt.datetime) -> ImportOutcome:
    """Create or update the page. A page that editors have changed is left as it is."""
    findings: list[str] = []
    title = title_or_first_words(page, findings=findings)
    row = find_earlier_item(capture, Page) or _find_page_of_same_title(page, title=title, capture=capture)
    if not isinstance(row, Page):
        return _create(page, title=title, at=at, findings=findings)
    before = fingerprint(row)
    reason = reason_to_keep_item(row, capture=capture, current=before)
    if reason:
        findings.append(f"not changed: {reason}")
        return ImportOutcome(ImportStatus.KEPT, row, capture.fingerprint, findings)
    contents = imports.contents_before_import([row])
    _fill_from_page(row, page, title=title, findings=findings)
    after = fingerprint(row)
    if after != before:
        mark_update(row, at=at)
        row.save()
        imports.record_import([row], before=contents)
    return ImportOutcome(ImportStatus.UNCHANGED if after == before else ImportStatus.UPDATED, row, after, findings)


def fingerprint(row: Page) -> str:
    return imports.fingerprint_of(row, _FINGERPRINT_FIELDS)


def _find_page_of_same_title(page: LegacyPage, *, title: str, capture: Capture) -> Page | None:
    """Find a page of this title that was imported without a URL or written by editors, or the same page at a second
    URL. Another page of the old site may have the same title: the second page of a list or of a long text."""
    rows = Page.objects.filter(language=page.language)
    imported = Capture.objects.of_model(Page).exclude(path="").values("object_id")
    text = plain_text(clean_html(page.body))
    row = find_same_title(rows.exclude(pk__in=imported), title) or find_same_title(rows.filter(body_text=text), title)
    adopt_earlier_capture(capture, row)
    return row


def _create(page: LegacyPage, *, title: str, at: dt.datetime, findings: list[str]) -> ImportOutcome:
    row = Page(language=page.language, state=State.PUBLISHED, publish_at=at)
    _fill_from_page(row, page, title=title, findings=findings)
    row.full_clean()
    row.save()
    return ImportOutcome(ImportStatus.CREATED, row, fingerprint(row), findings)


def _fill_from_page(row: Page, page: LegacyPage, *, title: str, findings: list[str]) -> None:
    row.title = truncate_to_field(row, "title", title, findings=findings)
    row.standfirst = truncate_to_field(row, "standfirst", page.subtitle, findings=findings)
    row.body = clean_body(page.body, findings=findings)
