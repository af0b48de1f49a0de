"""Import of news and messages as articles."""

import datetime as dt

from django.utils import timezone

from news.imports.fingerprints import fingerprint_article
from news.imports.known_names import KnownNames
from news.models import Article
from postportal.legacy.importers.fallback_titles import title_or_first_words
from postportal.legacy.importers.mentions import link_mentions, mentions_of
from postportal.legacy.importers.outcomes import (
    ImportOutcome,
    adopt_earlier_capture,
    clean_body,
    find_earlier_item,
    find_same_title,
    reason_to_keep_item,
    truncate_to_field,
)
from postportal.legacy.importers.sections_and_sources import get_or_create_section_for, get_or_create_source
from postportal.legacy.models import Capture
from postportal.legacy.parsing.page import LegacyPage
from postportal.legacy.report import ImportStatus
from postportal.publishing.models import State
from postportal.publishing.versions import imports
from postportal.publishing.workflow import url_changes
from postportal.publishing.workflow.updates import mark_update

# The hour when post offices open, because the old site printed only dates.
OPENING_TIME = dt.time(9)


def store_article(page: LegacyPage, *, capture: Capture, names: KnownNames, at: dt.datetime) -> ImportOutcome:
    """Create or update the article of the page. An article that editors have changed is left as it is."""
    findings: list[str] = []
    if page.author:
        findings.append(f"author not imported: “{page.author}”")
    title = title_or_first_words(page, findings=findings)
    article = _find_earlier_article(page, title=title, capture=capture)
    if article is None:
        return _create(page, title=title, names=names, findings=findings)
    if _is_later_page(page, article=article, capture=capture):
        findings.append(
            f"page {page.url.page_number if page.url else 2} of the article: its text is only in the capture"
        )
        return ImportOutcome(ImportStatus.KEPT, article, "", findings)
    before = fingerprint(article)
    reason = reason_to_keep_item(article, capture=capture, current=before)
    if reason:
        findings.append(f"not changed: {reason}")
        return ImportOutcome(ImportStatus.KEPT, article, capture.fingerprint, findings)
    old_url, contents = article.get_absolute_url(), imports.contents_before_import([article])
    _fill_from_page(article, page, title=title, findings=findings)
    if fingerprint(article) != before:
        mark_update(article, at=at)
        article.save()
    link_mentions(article, names)
    _redirect_if_moved(article, old_url=old_url)
    after = fingerprint(article)
    if after != before:
        imports.record_import([article], before=contents)
    return ImportOutcome(ImportStatus.UNCHANGED if after == before else ImportStatus.UPDATED, article, after, findings)


def fingerprint(article: Article) -> str:
    tags = article.tags.values_list("pk", flat=True)
    return fingerprint_article(article, tags=tags, mentions=mentions_of(article))


def opening_time_on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, OPENING_TIME, tzinfo=timezone.get_default_timezone())


def _find_earlier_article(page: LegacyPage, *, title: str, capture: Capture) -> Article | None:
    """Find the article imported from this page, or one of the same date and title: a page could have several URLs."""
    earlier = find_earlier_item(capture, Article)
    if isinstance(earlier, Article) or page.dateline_on is None:
        return earlier if isinstance(earlier, Article) else None
    same_day = Article.objects.in_language(page.language).filter(dateline_on=page.dateline_on)
    article = find_same_title(same_day, title)
    adopt_earlier_capture(capture, article)
    return article


def _is_later_page(page: LegacyPage, *, article: Article, capture: Capture) -> bool:
    """Return True if the page continues a long article (…-2.htm), whose beginning was imported from another URL."""
    if page.url is None or page.url.page_number < 2:
        return False
    return Capture.objects.for_item(article).exclude(pk=capture.pk).filter(path__in=page.url.first_pages()).exists()


def _create(page: LegacyPage, *, title: str, names: KnownNames, findings: list[str]) -> ImportOutcome:
    article = Article(language=page.language, state=State.PUBLISHED)
    if page.dateline_on is None:
        article.state = State.DRAFT
        findings.append("no date in the dateline: saved as a draft, dated today")
    _fill_from_page(article, page, title=title, findings=findings)
    article.full_clean()
    article.save()
    link_mentions(article, names)
    return ImportOutcome(ImportStatus.CREATED, article, fingerprint(article), findings)


def _fill_from_page(article: Article, page: LegacyPage, *, title: str, findings: list[str]) -> None:
    article.title = truncate_to_field(article, "title", title, findings=findings)
    article.standfirst = truncate_to_field(article, "standfirst", page.subtitle, findings=findings)
    article.body = clean_body(page.body, findings=findings)
    article.section = get_or_create_section_for(page)
    article.source = get_or_create_source(page.source_label)
    article.credit = truncate_to_field(article, "credit", page.credit, findings=findings)
    if page.dateline_on:
        article.dateline_on = page.dateline_on
        article.publish_at = opening_time_on(page.dateline_on)


def _redirect_if_moved(article: Article, *, old_url: str) -> None:
    """Redirect the former URL of a published article. The date is part of it, so a corrected date changes it."""
    if article.get_absolute_url() != old_url and article.state == State.PUBLISHED:
        url_changes.record_url_change(article, before={old_url: article}, after=article.public_urls())
