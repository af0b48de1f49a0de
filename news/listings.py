"""The lists of news there are. A page and a feed of the same list come from the same scope."""

import calendar
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
from postportal.web.languages import html_language, localized

Trail = list[tuple[str, str]]


@dataclass(frozen=True)
class Scope:
    """Which articles a list holds, what it is called and where its feed is."""

    title: str
    address: str
    # The name and the arguments of its feed, to which "atom" or "rss" is added.
    feed: tuple[str, list[Any]]
    rows: Q = field(default_factory=Q)
    description: str = ""
    trail: Trail = field(default_factory=list)
    section: Section | None = None
    year: int | None = None
    month: int | None = None
    day: dt.date | None = None
    # What menus and filters lead to is there in every language, with news or without. Other lists are known by what is
    # on them: a tag that only drafts have, or a year of which nothing is told, is no page.
    is_always_there: bool = False

    def of(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        return articles.filter(self.rows).newest_first().for_lists()

    def feed_address(self, form: str) -> str:
        name, arguments = self.feed
        return reverse(name, args=[*arguments, form])

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """(name, MIME type, address) of the list's feeds."""
        return [(name, f"application/{name.lower()}+xml", self.feed_address(name.lower())) for name in ("Atom", "RSS")]

    def alternates(self, at: dt.datetime) -> list[tuple[str, str, str]]:
        """(language tag, its name, address) of the same list in the other languages that have it."""
        return [
            (html_language(code), name, translate_url(self.address, code))
            for code, name in settings.LANGUAGES
            if code != get_language()
            and (self.is_always_there or self.of(Article.objects.published(at).in_language(code)).exists())
        ]


def everything(at: dt.datetime) -> Scope:
    return Scope(title=_("News"), address=reverse("news:articles"), feed=("news:feed", []), is_always_there=True)


def of_year(at: dt.datetime, *, year: int) -> Scope:
    return Scope(
        title=_("News of %(year)s") % {"year": year},
        address=reverse("news:year", args=[year]),
        feed=("news:year_feed", [year]),
        rows=Q(dateline_on__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))),
        trail=[news_step()],
        year=year,
        is_always_there=year == _today(at).year,
    )


def of_month(at: dt.datetime, *, year: int, month: int) -> Scope:
    first, today = dt.date(year, month, 1), _today(at)
    return Scope(
        title=_("News of %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
        address=reverse("news:month", args=[year, month]),
        feed=("news:month_feed", [year, month]),
        rows=Q(dateline_on__range=(first, first.replace(day=calendar.monthrange(year, month)[1]))),
        trail=[news_step(), (str(year), reverse("news:year", args=[year]))],
        year=year,
        month=month,
        is_always_there=(year, month) == (today.year, today.month),
    )


def of_day(at: dt.datetime, *, day: dt.date) -> Scope:
    month = of_month(at, year=day.year, month=day.month)
    return Scope(
        title=_("News of %(day)s") % {"day": date_format(day)},
        address=reverse("news:day", args=[day]),
        feed=("news:day_feed", [day]),
        rows=Q(dateline_on=day),
        trail=[*month.trail, (date_format(day, "YEAR_MONTH_FORMAT"), month.address)],
        year=day.year,
        month=day.month,
        day=day,
    )


def in_section(at: dt.datetime, *, slug: str) -> Scope:
    section = get_object_or_404(Section, slug=slug)
    return Scope(
        title=str(section),
        address=section.get_absolute_url(),
        feed=("news:section_feed", [slug]),
        rows=Q(section=section),
        description=localized(section, "description"),
        trail=[news_step()],
        section=section,
        is_always_there=True,
    )


def from_source(at: dt.datetime, *, slug: str) -> Scope:
    source = get_object_or_404(Source, slug=slug)
    return Scope(
        title=_("News from %(source)s") % {"source": source},
        address=source.get_absolute_url(),
        feed=("news:source_feed", [slug]),
        rows=Q(source=source),
        trail=[news_step()],
    )


def tagged(at: dt.datetime, *, slug: str) -> Scope:
    tag = get_object_or_404(Tag, slug=slug)
    return Scope(
        title=_("News about %(topic)s") % {"topic": tag.name},
        address=reverse("news:tag", args=[slug]),
        feed=("news:tag_feed", [slug]),
        rows=Q(tags=tag),
        trail=[news_step()],
    )


def with_person(at: dt.datetime, *, slug: str) -> Scope:
    return about_person(get_object_or_404(Person.objects.published(at), slug=slug))


def with_organization(at: dt.datetime, *, slug: str) -> Scope:
    return about_organization(get_object_or_404(Organization.objects.published(at), slug=slug))


def about_person(person: Person) -> Scope:
    return Scope(
        title=_("News in which %(name)s appears") % {"name": person.display_name},
        address=reverse("news:person_news", args=[person.slug]),
        feed=("news:person_feed", [person.slug]),
        rows=Q(mentions__person=person),
        trail=[(_("People"), reverse("news:people")), (person.display_name, person.get_absolute_url())],
        is_always_there=True,
    )


def about_organization(organization: Organization) -> Scope:
    return Scope(
        title=_("News in which %(name)s appears") % {"name": organization},
        address=reverse("news:organization_news", args=[organization.slug]),
        feed=("news:organization_feed", [organization.slug]),
        rows=Q(mentions__organization=organization),
        trail=[
            (_("Organizations"), reverse("news:organizations")),
            (str(organization), organization.get_absolute_url()),
        ],
        is_always_there=True,
    )


def news_step() -> tuple[str, str]:
    """The first step of a breadcrumb to news."""
    return (_("News"), reverse("news:articles"))


def _today(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()
