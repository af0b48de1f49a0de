"""The articles on one page of a list: what is read for them does not grow with the archive."""

import datetime as dt

from news.listings import Listing
from news.models import Article
from news.models.article import ArticleQuerySet
from news.narrowing import Narrowing


def rows_between(
    listing: Listing, start: int, stop: int, *, at: dt.datetime, narrowing: Narrowing | None = None
) -> ArticleQuerySet:
    """Return the articles of a list from place `start`, counted from 0, to before place `stop`, newest first, with what
    lists show. `narrowing` is the part of the list that a reader has chosen, with its numbers.

    They are looked for in the years that they are of, which the kept numbers say: those of a person who left long ago
    would otherwise be looked for among everything that was published since."""
    if narrowing is None and listing.is_walked:
        narrowing = Narrowing(listing, listing.count_archive(at, sections=()), {})
    rows = listing.select(at)
    if narrowing:
        rows = narrowing.apply(rows)
        years, skipped = narrowing.years_between(start, stop)
        if years:
            rows = rows.filter(dateline_on__range=years)
            start, stop = start - skipped, stop - skipped
    # Sorted by their keys alone. What is shown of them is then read for these few.
    return Article.objects.filter(pk__in=rows.values("pk")[start:stop]).newest_first().for_lists()
