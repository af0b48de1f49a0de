"""Static pages and topics of the old site as pages."""

import datetime as dt
import re

from django.utils.text import slugify

from postportal.legacy.importers.fallback_titles import title_of
from postportal.legacy.importers.outcomes import Outcome, adopt, earlier_item, fitted, imprint_of
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.report import Action
from postportal.pages.models import Page
from postportal.publishing.models import State
from postportal.richtext.sanitize import clean_html

_FIELDS = ("path", "title", "standfirst", "body", "language", "state", "publish_at", "expire_at")
_LONGEST_PATH = 80


def store_page(page: LegacyPage, *, capture: Capture, at: dt.datetime) -> Outcome:
    findings: list[str] = []
    title = title_of(page, findings=findings)
    row = earlier_item(capture, Page) or _twin(page, title=title, capture=capture)
    if not isinstance(row, Page):
        return _create(page, title=title, capture=capture, at=at, findings=findings)
    before = imprint(row)
    if capture.imprint != before:
        findings.append(f"left as it is, it was {'edited since' if capture.imprint else 'there already'}")
        return Outcome(Action.KEPT, row, capture.imprint, findings)
    _fill(row, page, title=title, findings=findings)
    after = imprint(row)
    if after != before:
        row.save()
    return Outcome(Action.UNCHANGED if after == before else Action.UPDATED, row, after, findings)


def imprint(row: Page) -> str:
    return imprint_of(row, _FIELDS)


def _twin(page: LegacyPage, *, title: str, capture: Capture) -> Page | None:
    """A page of this title that came without an address, or that editors wrote themselves."""
    row = Page.objects.filter(language=page.language, title__iexact=title).order_by("pk").first()
    adopt(capture, row)
    return row


def _create(page: LegacyPage, *, title: str, capture: Capture, at: dt.datetime, findings: list[str]) -> Outcome:
    row = Page(language=page.language, state=State.PUBLISHED, publish_at=at)
    _fill(row, page, title=title, findings=findings)
    row.path = _free_path(row, capture=capture)
    row.full_clean()
    row.save()
    return Outcome(Action.CREATED, row, imprint(row), findings)


def _fill(row: Page, page: LegacyPage, *, title: str, findings: list[str]) -> None:
    row.title = fitted(row, "title", title, findings=findings)
    row.standfirst = fitted(row, "standfirst", page.subtitle, findings=findings)
    row.body = clean_html(page.body)


def _free_path(row: Page, *, capture: Capture) -> str:
    """The title as an address; where it has no Latin letters, the old address; and never one that is taken."""
    words = slugify(row.title)[:_LONGEST_PATH].strip("-") or slugify(re.sub(r"\W", "-", capture.path))[:_LONGEST_PATH]
    stem = words.strip("-").replace("_", "-") or f"page-{capture.sha256[:8]}"
    stem = re.sub(r"-{2,}", "-", stem)
    taken = set(Page.objects.filter(language=row.language, path__startswith=stem).values_list("path", flat=True))
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 4)))
    return next(path for path in candidates if path not in taken and not Page(path=path).is_taken_by_the_portal())
