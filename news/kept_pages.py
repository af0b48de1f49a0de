"""Dependencies of pages of articles and lists, for the page cache."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from taggit.models import Tag

from news.archive import FACET_SCOPES
from news.article_page import MAX_RELATED
from news.listings import Listing
from news.models import Article
from postportal.page_cache.recording import narrow
from postportal.web.date_ranges import DateRange, month_dates

LABEL = "news.article"


def narrow_article_page(
    article: Article, *, tags: Iterable[Tag], neighbours: Mapping[str, Article], related: Sequence[Article]
) -> None:
    """Declare which articles may enter the page: translations, and those that would be nearer or newer than the
    neighbours and the related articles that it shows."""
    root = article.translation_of_id or article.pk
    narrow(LABEL, id=root)
    narrow(LABEL, translation_of_id=root)
    earlier, later = neighbours.get("earlier"), neighbours.get("later")
    narrow(
        LABEL,
        language=article.language,
        first=earlier.dateline_on if earlier else None,
        last=later.dateline_on if later else None,
    )
    # Those that share a tag come first, then those of the section; both the newest first.
    others = [row for row in related if not getattr(row, "shares_tag", True)]
    is_full = len(related) >= MAX_RELATED
    for tag in tags:
        narrow(LABEL, tag_id=tag.pk, first=_oldest(related) if is_full and not others else None)
    if others or not is_full:
        narrow(LABEL, section_id=article.section_id, first=_oldest(others) if is_full else None)


def narrow_list(listing: Listing, articles: Iterable[Article], *, is_last: bool) -> None:
    """Declare that a page or feed shows these articles of the list. It changes with others of the list only if they are
    not older, or of any date if it is the last page. Its numbers are kept by value (news/archive.py)."""
    first, last = _days(listing)
    # All articles are of the period.
    oldest = first if is_last else min((row.dateline_on for row in articles), default=first)
    narrow(LABEL, **_scope(listing), first=oldest, last=last)
    for code, _name in settings.LANGUAGES if listing.day else ():
        # The same list in the other languages (`alternates`).
        narrow(LABEL, language=code, first=listing.day, last=listing.day)


def _scope(listing: Listing) -> dict[str, Any]:
    if listing.section:
        return {"section_id": listing.section.pk}
    return {FACET_SCOPES[listing.facet]: listing.number} if listing.number else {"language": get_language()}


def _days(listing: Listing) -> tuple[dt.date | None, dt.date | None]:
    if listing.day or listing.year is None:
        return listing.day, listing.day
    return month_dates(listing.year, listing.month) if listing.month else DateRange.of_years(listing.year, listing.year)


def _oldest(articles: Iterable[Article]) -> dt.date:
    return min(row.dateline_on for row in articles)
