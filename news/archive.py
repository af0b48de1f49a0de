"""Numbers of articles by section, year and month: for filters, page numbers, neighbouring lists and the home page."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from taggit.models import TaggedItem

from news.models import Article, ArticleCount, Mention, Section
from news.models.article import ArticleQuerySet
from news.models.article_count import Facet, month_number, month_of
from postportal.page_cache.recording import Dependency, by_value
from postportal.web.compiled_query import CompiledQuery
from postportal.web.date_ranges import PUBLICATION_DAYS

logger = logging.getLogger(__name__)

# Facet, language, section, year or month, number. The facet is empty for articles to be subtracted.
_Count = tuple[str, str, int, int, int]
# The facets as the page cache names them.
FACET_SCOPES = {
    Facet.SOURCE: "source_id",
    Facet.TAG: "tag_id",
    Facet.PERSON: "person_id",
    Facet.ORGANIZATION: "organization_id",
}


@dataclass(frozen=True)
class Archive:
    sections: list[tuple[Section, int]]
    years: dict[int, int]
    months: dict[tuple[int, int], int] = field(default_factory=dict)
    # By primary key of the section and year.
    section_years: dict[tuple[int, int], int] = field(default_factory=dict)
    # Years and months with articles in the other languages, by language.
    periods_elsewhere: dict[str, set[int]] = field(default_factory=dict)

    def sections_in(self, year: int | None) -> list[tuple[Section, int]]:
        """Return the sections with articles in the year, or in any year, each with their number."""
        if year is None:
            return self.sections
        counts = [(section, self.section_years.get((section.pk, year), 0)) for section, _count in self.sections]
        return [(section, count) for section, count in counts if count]

    def years_in(self, section: Section | None) -> dict[int, int]:
        """Return the years with articles in the section, or in any section, each with their number."""
        if section is None:
            return self.years
        counts = {year: self.section_years.get((section.pk, year), 0) for year in self.years}
        return {year: count for year, count in counts.items() if count}

    def count(self, *, section: Section | None, year: int | None, month: int | None) -> int:
        """Return the number of articles in this section and period. Months are counted for all sections together."""
        if year and month:
            return self.months.get((year, month), 0)
        years = self.years_in(section)
        return years.get(year, 0) if year else sum(years.values())

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


def count_archive(
    *,
    at: dt.datetime,
    language: str,
    facet: Facet = Facet.ARTICLES,
    key: int = 0,
    section: Section | None = None,
    with_months: bool = False,
    sections: Iterable[Section] | None = None,
) -> Archive:
    """Return the numbers of articles in the language that are public at the time `at`, newest year first: of all, of
    one section, or of one value of a facet. Months are only counted for all articles. `sections` are all sections in
    their order, if they have been read.

    Two queries at most, whose time does not depend on the number of articles."""
    counts, elsewhere = _counts_by_value(
        at, language=language, facet=facet, key=key, section=section.pk if section else None, with_months=with_months
    )
    years: Counter[int] = Counter()
    by_section: Counter[int] = Counter()
    section_years: dict[tuple[int, int], int] = {}
    months: dict[tuple[int, int], int] = {}
    for (section_pk, period), count in counts.items():
        if (year := period if section_pk else period // 100) not in PUBLICATION_DAYS.years:
            logger.error("%s articles are dated %04d, which no page of the archive can list.", count, year)
        elif not section_pk:
            months[divmod(period, 100)] = count
        else:
            section_years[section_pk, period] = count
            years[period] += count
            by_section[section_pk] += count
    rows = Section.objects.in_order() if sections is None else sections
    counted = [(row, by_section[row.pk]) for row in rows if row.pk in by_section]
    return Archive(counted, dict(sorted(years.items(), reverse=True)), months, section_years, elsewhere)


def count_public(at: dt.datetime) -> int:
    """Return the number of articles in all languages that are public at the time `at`."""

    def compute(at: dt.datetime) -> int:
        return sum(_count(at=at, facet=Facet.ARTICLES, key=0, section=None, with_months=False).values())

    found: int = by_value(("public articles",), compute, at=at, within=Dependency("news.article", ""))
    return found


def with_kept_count(rows: QuerySet[Any], *, facet: Facet) -> QuerySet[Any]:
    """Add to each source, tag, person or organization, as `kept_count`, its number of articles in all languages, with
    those that are not public yet or any more."""
    counts = ArticleCount.objects.filter(facet=facet, key=OuterRef("pk")).order_by().values("facet")
    counted: QuerySet[Any] = rows.annotate(kept_count=Coalesce(Subquery(counts.values_list(Sum("count"))), 0))
    return counted


def _counts_by_value(
    at: dt.datetime, *, facet: Facet, key: int, section: int | None, **options: Any
) -> tuple[dict[tuple[int, int], int], dict[str, set[int]]]:
    """Return the same as `_count_in_languages`, of which kept pages depend on the result alone."""
    options = {"facet": facet, "key": key, "section": section, **options}
    compute = partial(_count_in_languages, **options)
    within = _dependency(facet, key=key, section=section)
    found: tuple[dict[tuple[int, int], int], dict[str, set[int]]]
    found = by_value(("archive", *sorted(options.items())), compute, at=at, within=within)
    return found


def _count_in_languages(
    at: dt.datetime, *, language: str, **options: Any
) -> tuple[dict[tuple[int, int], int], dict[str, set[int]]]:
    """Return the numbers in the language by section and year, and the periods with articles in each other language."""
    counts: dict[tuple[int, int], int] = {}
    elsewhere: dict[str, set[int]] = {}
    for (code, section, period), count in _count(at=at, **options).items():
        if code == language:
            counts[section, period] = count
        else:
            elsewhere.setdefault(code, set()).add(period)
    return counts, elsewhere


def _dependency(facet: Facet, *, key: int, section: int | None) -> Dependency:
    """Return the articles on which these numbers depend."""
    if facet in FACET_SCOPES:
        return Dependency("news.article", f"{FACET_SCOPES[facet]}={key}")
    return Dependency("news.article", f"section_id={section}" if section else "")


def _count(
    *, at: dt.datetime, facet: Facet, key: int, section: int | None, with_months: bool
) -> dict[tuple[str, int, int], int]:
    """Return the numbers by language, section and year, and for section 0 by month."""
    # The kept numbers of this month include articles that are not public at `at`: they are few.
    month = at.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    next_month = (month + dt.timedelta(days=31)).replace(day=1)
    query = _query(facet, with_months=with_months, in_section=bool(section))
    counts: Counter[tuple[str, int, int]] = Counter()
    rows = query.rows(at, month, next_month, month_number(month), key, section or 0)
    for name, language, section_pk, period, number in rows:
        counts[language, section_pk, period if name else period // 100] += number
        if with_months and not name:
            counts[language, 0, period] += number
    return {group: count for group, count in counts.items() if count > 0}


@cache
def _query(facet: Facet, *, with_months: bool, in_section: bool) -> CompiledQuery:
    """Return the query for the numbers to be added up. It takes the time, the start, the end and the number of its
    month, the value of the facet and the section."""

    def union(
        at: dt.datetime, start: dt.datetime, end: dt.datetime, month: int, key: int, section: int
    ) -> QuerySet[Any, _Count]:
        facets = [facet, Facet.MONTH] if with_months else [facet]
        kept = ArticleCount.objects.filter(facet__in=facets, key=key).public_in(month).order_by()
        if in_section:
            kept = kept.filter(section=section)
        rows = kept.values_list("facet", "language", "section", "period").annotate(number=Sum("count"))
        others = [
            _filter_without_index(articles, facet=facet, key=key, section=section if in_section else None)
            for articles in (
                Article.objects.scheduled_between(at, end),
                Article.objects.published_after(at),
                Article.objects.expired_between(start, at),
            )
        ]
        return rows.union(*map(_to_subtract, others), all=True)

    return CompiledQuery(union, takes=(dt.datetime, dt.datetime, dt.datetime, int, int, int))


def _filter_without_index(articles: ArticleQuerySet, *, facet: Facet, key: int, section: int | None) -> ArticleQuerySet:
    """Keep the articles of the facet. SQLite, which has no statistics, would prefer an index of the section or the
    source to that of the time, and read all articles of the section."""
    if section:
        articles = articles.alias(section_number=F("section_id") + 0).filter(section_number=section)
    if facet is Facet.SOURCE:
        articles = articles.alias(source_number=F("source_id") + 0).filter(source_number=key)
    if facet is Facet.TAG:
        tagged = TaggedItem.objects.filter(content_type=ContentType.objects.get_for_model(Article), tag=key)
        articles = articles.filter(Exists(tagged.filter(object_id=OuterRef("pk"))))
    if facet in (Facet.PERSON, Facet.ORGANIZATION):
        articles = articles.filter(Exists(Mention.objects.filter(article=OuterRef("pk"), **{facet.value: key})))
    return articles


def _to_subtract(articles: ArticleQuerySet) -> QuerySet[Article, _Count]:
    # One row for each: to group them, SQLite would go through the archive in the order of another index.
    return articles.order_by().values_list(Value(""), "language", "section", month_of("dateline_on"), Value(-1))
