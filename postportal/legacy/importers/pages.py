"""Import of static pages and topics as pages."""

import datetime as dt
import re

from django.utils.text import slugify

from postportal.legacy.importers.fallback_titles import title_or_first_words
from postportal.legacy.importers.outcomes import (
    ImportOutcome,
    adopt_earlier_capture,
    clean_body,
    find_earlier_item,
    fingerprint_of,
    truncate_to_field,
)
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.report import ImportStatus
from postportal.pages.models import Page
from postportal.publishing.models import State

_FINGERPRINT_FIELDS = ("path", "title", "standfirst", "body", "language", "state", "publish_at", "expire_at")
_MAX_PATH_LENGTH = 80


def store_page(page: LegacyPage, *, capture: Capture, at: dt.datetime) -> ImportOutcome:
    """Create or update the page. A page that editors have changed is left as it is."""
    findings: list[str] = []
    title = title_or_first_words(page, findings=findings)
    row = find_earlier_item(capture, Page) or _find_page_of_same_title(page, title=title, capture=capture)
    if not isinstance(row, Page):
        return _create(page, title=title, capture=capture, at=at, findings=findings)
    before = fingerprint(row)
    if capture.fingerprint != before:
        findings.append(f"not changed: {'edited since the import' if capture.fingerprint else 'it existed before'}")
        return ImportOutcome(ImportStatus.KEPT, row, capture.fingerprint, findings)
    _fill_from_page(row, page, title=title, findings=findings)
    after = fingerprint(row)
    if after != before:
        row.save()
    return ImportOutcome(ImportStatus.UNCHANGED if after == before else ImportStatus.UPDATED, row, after, findings)


def fingerprint(row: Page) -> str:
    return fingerprint_of(row, _FINGERPRINT_FIELDS)


def _find_page_of_same_title(page: LegacyPage, *, title: str, capture: Capture) -> Page | None:
    """Find a page of this title that was imported without a URL or written by editors."""
    row = Page.objects.filter(language=page.language, title__iexact=title).order_by("pk").first()
    adopt_earlier_capture(capture, row)
    return row


def _create(page: LegacyPage, *, title: str, capture: Capture, at: dt.datetime, findings: list[str]) -> ImportOutcome:
    row = Page(language=page.language, state=State.PUBLISHED, publish_at=at)
    _fill_from_page(row, page, title=title, findings=findings)
    row.path = _free_path(row, capture=capture)
    row.full_clean()
    row.save()
    return ImportOutcome(ImportStatus.CREATED, row, fingerprint(row), findings)


def _fill_from_page(row: Page, page: LegacyPage, *, title: str, findings: list[str]) -> None:
    row.title = truncate_to_field(row, "title", title, findings=findings)
    row.standfirst = truncate_to_field(row, "standfirst", page.subtitle, findings=findings)
    row.body = clean_body(page.body, findings=findings)


def _free_path(row: Page, *, capture: Capture) -> str:
    """Return a free path made from the title, or from the old URL if the title has no Latin letters."""
    words = (
        slugify(row.title)[:_MAX_PATH_LENGTH].strip("-") or slugify(re.sub(r"\W", "-", capture.path))[:_MAX_PATH_LENGTH]
    )
    stem = words.strip("-").replace("_", "-") or f"page-{capture.sha256[:8]}"
    stem = re.sub(r"-{2,}", "-", stem)
    taken = set(Page.objects.filter(language=row.language, path__startswith=stem).values_list("path", flat=True))
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 4)))
    return next(path for path in candidates if path not in taken and not Page(path=path).is_path_reserved())
