"""Lists of articles. The page and the feeds of a list are made from the same listing."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from taggit.models import Tag

from news.models import Article, Organization, Person, Section, Source
from news.models.article import ArticleQuerySet
from postportal.web.date_ranges import DateRange, month_dates
from postportal.web.json_ld import Trail
from postportal.web.languages import html_language, localized_text


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
    trail: Trail = field(default_factory=list)
    section: Section | None = None
    year: int | None = None
    month: int | None = None
    day: dt.date | None = None
    # Lists that menus and filters link to exist in every language, even without articles. Other lists exist only while
    # they have public articles, so that the tag of a draft stays unknown.
    is_permanent: bool = False

    def select(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        return articles.filter(self.condition).newest_first().for_lists()

    def feed_url(self, feed_format: str) -> str:
        name, arguments = self.feed_route
        return reverse(name, args=[*arguments, feed_format])

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """Return (name, MIME type, URL) of the feeds of the list."""
        return [(name, f"application/{name.lower()}+xml", self.feed_url(name.lower())) for name in ("Atom", "RSS")]

    def alternates(self, at: dt.datetime) -> list[tuple[str, str, str]]:
        """Return (language tag, language name, URL) of the same list in the other languages that have it."""
        return [
            (html_language(code), name, translate_url(self.url, code))
            for code, name in settings.LANGUAGES
            if code != get_language()
            and (self.is_permanent or self.select(Article.objects.published(at).in_language(code)).exists())
        ]


def news_listing(at: dt.datetime) -> Listing:
    return Listing(
        key="news.article",
        title=_("News"),
        url=reverse("news:articles"),
        feed_route=("news:feed", []),
        is_permanent=True,
    )


def year_listing(at: dt.datetime, *, year: int) -> Listing:
    return Listing(
        key=f"news.article/{year}",
        title=_("News from %(year)s") % {"year": year},
        url=reverse("news:year", args=[year]),
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
        url=reverse("news:month", args=[year, month]),
        feed_route=("news:month_feed", [year, month]),
        condition=Q(dateline_on__range=month_dates(year, month)),
        trail=[news_breadcrumb(), (str(year), reverse("news:year", args=[year]))],
        year=year,
        month=month,
        is_permanent=(year, month) == (today.year, today.month),
    )


def day_listing(at: dt.datetime, *, day: dt.date) -> Listing:
    month = month_listing(at, year=day.year, month=day.month)
    return Listing(
        key=f"news.article/{day.isoformat()}",
        title=_("News from %(day)s") % {"day": date_format(day)},
        url=reverse("news:day", args=[day]),
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


def source_listing(at: dt.datetime, *, slug: str) -> Listing:
    source = get_object_or_404(Source, slug=slug)
    return Listing(
        key=f"news.source/{source.pk}",
        title=_("News from %(source)s") % {"source": source},
        url=source.get_absolute_url(),
        feed_route=("news:source_feed", [slug]),
        condition=Q(source=source),
        trail=[news_breadcrumb()],
    )


def tag_listing(at: dt.datetime, *, slug: str) -> Listing:
    tag = get_object_or_404(Tag, slug=slug)
    return Listing(
        key=f"taggit.tag/{tag.pk}",
        title=_("News about %(topic)s") % {"topic": tag.name},
        url=reverse("news:tag", args=[slug]),
        feed_route=("news:tag_feed", [slug]),
        condition=Q(tags=tag),
        trail=[news_breadcrumb()],
    )


def person_listing(at: dt.datetime, *, slug: str) -> Listing:
    return listing_of_person(get_object_or_404(Person.objects.published(at), slug=slug))


def organization_listing(at: dt.datetime, *, slug: str) -> Listing:
    return listing_of_organization(get_object_or_404(Organization.objects.published(at), slug=slug))


def listing_of_person(person: Person) -> Listing:
    return Listing(
        key=f"news.person/{person.pk}",
        title=_("News about %(name)s") % {"name": person.display_name},
        url=reverse("news:person_news", args=[person.slug]),
        feed_route=("news:person_feed", [person.slug]),
        condition=Q(mentions__person=person),
        trail=[(_("People"), reverse("news:people")), (person.display_name, person.get_absolute_url())],
        is_permanent=True,
    )


def listing_of_organization(organization: Organization) -> Listing:
    return Listing(
        key=f"news.organization/{organization.pk}",
        title=_("News about %(name)s") % {"name": organization},
        url=reverse("news:organization_news", args=[organization.slug]),
        feed_route=("news:organization_feed", [organization.slug]),
        condition=Q(mentions__organization=organization),
        trail=[
            (_("Organizations"), reverse("news:organizations")),
            (str(organization), organization.get_absolute_url()),
        ],
        is_permanent=True,
    )


def news_breadcrumb() -> tuple[str, str]:
    """Return the breadcrumb of the list of all news."""
    return (_("News"), reverse("news:articles"))


def _local_date(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
