"""News on the pages of people and organizations."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from news.kept_pages import narrow_list
from news.list_rows import rows_between
from news.listings import Listing
from news.models import Section
from news.narrowing import Narrowing

MAX_NEWS = 6


def related_news(listing: Listing, *, at: dt.datetime, sections: Iterable[Section] | None = None) -> dict[str, Any]:
    """Return the template variables for the newest articles of the list, and for its sections and years: the links stay
    within the list. `sections` are all sections in their order, if they have been read."""
    # One more than the page shows, so that it knows whether there are more.
    narrowing = Narrowing(listing, listing.count_archive(at, sections=sections), {})
    articles = list(rows_between(listing, 0, MAX_NEWS + 1, at=at, narrowing=narrowing))
    narrow_list(listing, articles, is_last=len(articles) <= MAX_NEWS)
    return {
        "listing": listing,
        "articles": articles,
        "max_news": MAX_NEWS,
        "section_links": narrowing.section_links,
        "year_links": narrowing.year_links,
    }
