"""Lists of articles. The page and the feeds of a list are made from the same listing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from taggit.models import Tag, TaggedItem

from news.archive import Archive, count_archive, with_kept_count
from news.models import Article, Organization, Person, Section, Source
from news.models.article import ArticleQuerySet
from news.models.article_count import Facet
from postportal.web.date_ranges import DateRange, month_dates
from postportal.web.json_ld import Trail
from postportal.web.kept_urls import kept_url
from postportal.web.languages import html_language, localized_text

MAX_SORTED = 2000  # 670 take 4 ms on SQLite. More are looked for by date (news/list_rows.py).
_NAMED = (Facet.TAG, Facet.PERSON, Facet.ORGANIZATION)


@dataclass(frozen=True)
class Listing:
    """The title, URL and feeds of a list, and the condition for its articles. The key names the feed for good."""

    key: str
    title: str
    url: str
    # URL name and arguments of the feed, without the last argument: "atom" or "rss".
    feed_route: tuple[str, list[Any]]
    condition: Q = field(default_factory=Q)
    description: str = ""
    # The title of the feed, if it differs: a section may have the same title as the list of all news, and readers
    # subscribe to both.
    other_feed_title: str = ""
    trail: Trail = field(default_factory=list)
    section: Section | None = None
    year: int | None = None
    month: int | None = None
    day: dt.date | None = None
    # What the kept numbers of the list are of (news/archive.py).
    facet: Facet = Facet.ARTICLES
    number: int = 0
    # Number of articles of the facet in all languages, 0 if it is not known.
    kept_count: int = 0
    # Lists that menus and filters link to exist in every language, even without articles. Other lists exist only while
    # they have public articles, so that the tag of a draft stays unknown.
    is_permanent: bool = False

    @property
    def is_narrowed_in_place(self) -> bool:
        """True if sections and years are chosen within the list. All news has lists of their own for them."""
        return bool(self.condition) and self.year is None

    def count_archive(self, at: dt.datetime, *, sections: Iterable[Section] | None = None) -> Archive:
        """Return the numbers of articles by section and period beside the list: those of the list, or of all news if
        the list is of a period."""
        return count_archive(
            at=at,
            language=get_language() or "",
            facet=self.facet,
            key=self.number,
            section=self.section,
            with_months=self.year is not None,
            sections=sections,
        )

    def select(self, at: dt.datetime, *, language: str = "") -> ArticleQuerySet:
        """Return the articles of the list that are public at the time `at`, newest first, in the language or that of
        the page."""
        language = language or get_language() or ""
        articles = Article.objects.published(at).newest_first().for_lists()
        if not self.is_sorted:
            return articles.filter(self.condition).in_language(language)
        condition = _is_tagged(self.number) if self.facet is Facet.TAG else self.condition
        return articles.filter(condition).in_language_without_index(language)

    @property
    def is_sorted(self) -> bool:
        """True if the articles of a tag, person or organization are to be found first and then sorted: unless there are
        many, this takes less than to look for them among all articles by date."""
        return self.facet in _NAMED and self.kept_count <= MAX_SORTED

    @property
    def is_walked(self) -> bool:
        """True if the articles of a tag, person or organization are looked for among all articles by date."""
        return self.facet in _NAMED and not self.is_sorted

    def feed_url(self, feed_format: str) -> str:
        name, arguments = self.feed_route
        return kept_url(name, *arguments, feed_format)

    @property
    def feed_title(self) -> str:
        return self.other_feed_title or self.title

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """Return (name, MIME type, URL) of the feeds of the list."""
        return [(name, f"application/{name.lower()}+xml", self.feed_url(name.lower())) for name in ("Atom", "RSS")]

    def alternates(self, at: dt.datetime, *, archive: Archive) -> list[tuple[str, str, str]]:
        """Return (language tag, language name, URL) of the same list in the other languages that have it. `archive` has
        the numbers of the list."""
        return [
            (html_language(code), name, translate_url(self.url, code))
            for code, name in settings.LANGUAGES
            if code != get_language()
            and (
                # The page of an empty section exists, but nothing leads readers to it.
                (self.is_permanent and not self.section) or self._has_articles_in(code, at=at, archive=archive)
            )
        ]

    def _has_articles_in(self, language: str, *, at: dt.datetime, archive: Archive) -> bool:
        if self.day:
            return self.select(at, language=language).exists()
        periods = archive.periods_elsewhere.get(language, set())
        if self.year and self.month:
            return self.year * 100 + self.month in periods
        return self.year in periods if self.year else bool(periods)


def _is_tagged(tag: int) -> Q:
    """Return the condition for an article to have the tag, found by the index of the tag: SQLite would begin with the
    content type, and read the tags of all articles."""
    tagged = TaggedItem.objects.filter(tag=tag).alias(kind=F("content_type_id") + 0)
    return Q(pk__in=tagged.filter(kind=ContentType.objects.get_for_model(Article).pk).values("object_id"))


def news_listing(at: dt.datetime) -> Listing:
    return Listing(
        key="news.article",
        title=_("News"),
        other_feed_title=_("All news"),
        url=kept_url("news:articles"),
        feed_route=("news:feed", []),
        is_permanent=True,
    )


def year_listing(at: dt.datetime, *, year: int) -> Listing:
    return Listing(
        key=f"news.article/{year}",
        title=_("News from %(year)s") % {"year": year},
        url=kept_url("news:year", year),
        feed_route=("news:year_feed", [year]),
        condition=Q(dateline_on__range=DateRange.of_years(year, year)),
        trail=[news_breadcrumb()],
        year=year,
        is_permanent=year == _local_date(at).year,
    )


def month_listing(at: dt.datetime, *, year: int, month: int) -> Listing:
    first, today = dt.date(year, month, 1), _local_date(at)
    return Listing(
        key=f"news.article/{first:%Y-%m}",
        title=_("News from %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
        url=kept_url("news:month", year, month),
        feed_route=("news:month_feed", [year, month]),
        condition=Q(dateline_on__range=month_dates(year, month)),
        trail=[news_breadcrumb(), (str(year), kept_url("news:year", year))],
        year=year,
        month=month,
        is_permanent=(year, month) == (today.year, today.month),
    )


def day_listing(at: dt.datetime, *, day: dt.date) -> Listing:
    month = month_listing(at, year=day.year, month=day.month)
    return Listing(
        key=f"news.article/{day.isoformat()}",
        title=_("News from %(day)s") % {"day": date_format(day)},
        url=kept_url("news:day", day),
        feed_route=("news:day_feed", [day]),
        condition=Q(dateline_on=day),
        trail=[*month.trail, (date_format(day, "YEAR_MONTH_FORMAT"), month.url)],
        year=day.year,
        month=day.month,
        day=day,
    )


def section_listing(at: dt.datetime, *, slug: str) -> Listing:
    section = get_object_or_404(Section, slug=slug)
    return Listing(
        key=f"news.section/{section.pk}",
        title=str(section),
        url=section.get_absolute_url(),
        feed_route=("news:section_feed", [slug]),
        condition=Q(section=section),
        description=localized_text(section, "description"),
        trail=[news_breadcrumb()],
        section=section,
        is_permanent=True,
    )


def sections_without_articles(*, at: dt.datetime, language: str) -> QuerySet[Section]:
    """Return the sections that have no public articles in the language."""
    articles = Article.objects.published(at).filter(section=OuterRef("pk"), language=language)
    return Section.objects.filter(~Exists(articles))


def source_listing(at: dt.datetime, *, slug: str) -> Listing:
    source = get_object_or_404(Source, slug=slug)
    return Listing(
        key=f"news.source/{source.pk}",
        title=_("News from %(source)s") % {"source": source},
        url=source.get_absolute_url(),
        feed_route=("news:source_feed", [slug]),
        condition=Q(source=source),
        facet=Facet.SOURCE,
        number=source.pk,
        trail=[news_breadcrumb()],
    )


def tag_listing(at: dt.datetime, *, slug: str) -> Listing:
    tag = get_object_or_404(with_kept_count(Tag.objects.all(), facet=Facet.TAG), slug=slug)
    return listing_of_tag(tag, kept_count=tag.kept_count)


def person_listing(at: dt.datetime, *, slug: str) -> Listing:
    rows = with_kept_count(Person.objects.published(at), facet=Facet.PERSON)
    person = get_object_or_404(rows, slug=slug)
    return listing_of_person(person, kept_count=person.kept_count)


def organization_listing(at: dt.datetime, *, slug: str) -> Listing:
    rows = with_kept_count(Organization.objects.published(at), facet=Facet.ORGANIZATION)
    organization = get_object_or_404(rows, slug=slug)
    return listing_of_organization(organization, kept_count=organization.kept_count)


def listing_of_tag(tag: Tag, *, kept_count: int = 0) -> Listing:
    return Listing(
        key=f"taggit.tag/{tag.pk}",
        title=_("News about %(topic)s") % {"topic": tag.name},
        url=kept_url("news:tag", tag.slug),
        feed_route=("news:tag_feed", [tag.slug]),
        condition=Q(tags=tag),
        facet=Facet.TAG,
        number=tag.pk,
        kept_count=kept_count,
        trail=[news_breadcrumb()],
    )


def listing_of_person(person: Person, *, kept_count: int = 0) -> Listing:
    return Listing(
        key=f"news.person/{person.pk}",
        title=_("News about %(name)s") % {"name": person.display_name},
        url=kept_url("news:person_news", person.slug),
        feed_route=("news:person_feed", [person.slug]),
        condition=Q(mentions__person=person),
        facet=Facet.PERSON,
        number=person.pk,
        kept_count=kept_count,
        trail=[(_("People"), kept_url("news:people")), (person.display_name, person.get_absolute_url())],
        is_permanent=True,
    )


def listing_of_organization(organization: Organization, *, kept_count: int = 0) -> Listing:
    return Listing(
        key=f"news.organization/{organization.pk}",
        title=_("News about %(name)s") % {"name": organization},
        url=kept_url("news:organization_news", organization.slug),
        feed_route=("news:organization_feed", [organization.slug]),
        condition=Q(mentions__organization=organization),
        facet=Facet.ORGANIZATION,
        number=organization.pk,
        kept_count=kept_count,
        trail=[
            (_("Organizations"), kept_url("news:organizations")),
            (str(organization), organization.get_absolute_url()),
        ],
        is_permanent=True,
    )


def news_breadcrumb() -> tuple[str, str]:
    """Return the breadcrumb of the list of all news."""
    return (_("News"), kept_url("news:articles"))


def _local_date(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
