"""Numbers of articles by section, year and month: for filters, neighbouring lists and the home page."""

import logging
from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from news.models import Section
from news.models.article import ArticleQuerySet
from postportal.web.date_ranges import PUBLICATION_DAYS

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Archive:
    sections: list[tuple[Section, int]]
    years: dict[int, int]
    months: dict[tuple[int, int], int]

    def months_in_year(self, year: int) -> list[int]:
        return sorted(month for (other, month) in self.months if other == year)

    def year_before(self, year: int) -> int | None:
        return max((other for other in self.years if other < year), default=None)

    def year_after(self, year: int) -> int | None:
        return min((other for other in self.years if other > year), default=None)

    def month_before(self, year: int, month: int) -> tuple[int, int] | None:
        return max((other for other in self.months if other < (year, month)), default=None)

    def month_after(self, year: int, month: int) -> tuple[int, int] | None:
        return min((other for other in self.months if other > (year, month)), default=None)


def count_archive(articles: ArticleQuerySet) -> Archive:
    """Count `articles` by section, year and month, newest year first, with two queries."""
    # Taken from the text of the date, since for date functions SQLite would call Python for every row.
    of_month = Substr(Cast("dateline_on", CharField()), 1, len("2021-12"))
    by_section: Counter[int] = Counter()
    by_month: Counter[tuple[int, int]] = Counter()
    for section, text, count in articles.order_by().values_list("section", of_month).annotate(Count("pk")):
        year, month = map(int, text.split("-"))
        if year not in PUBLICATION_DAYS.years:
            logger.error("%s articles are dated %s, which no page of the archive can list.", count, text)
            continue
        by_section[section] += count
        by_month[year, month] += count
    by_year: Counter[int] = Counter()
    for (year, _month), count in by_month.items():
        by_year[year] += count
    sections = [(row, by_section[row.pk]) for row in Section.objects.in_order() if row.pk in by_section]
    return Archive(sections=sections, years=dict(sorted(by_year.items(), reverse=True)), months=dict(by_month))
