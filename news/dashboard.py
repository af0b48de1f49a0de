"""What the staff side finds of the news, and where addresses of the news lead."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from news.models import Article, Organization, OrganizationName, Person, PersonName, Section, Source
from postportal.publishing.workflow.status import status_of
from postportal.richtext import link_targets
from postportal.staff.quick_search import Findable, register

BY_SLUG = {"slug": "slug"}
link_targets.register(
    "news:article",
    rows=Article.objects.reachable,
    columns={"day": "dateline_on", "slug": "slug", "language": "language"},
)
link_targets.register("news:person", "news:person_news", rows=Person.objects.published, columns=BY_SLUG)
link_targets.register(
    *("news:organization", "news:organization_news"),
    rows=Organization.objects.published,
    columns=BY_SLUG,
)
link_targets.register("news:section", rows=lambda at: Section.objects.all(), columns=BY_SLUG)
link_targets.register("news:source", rows=lambda at: Source.objects.all(), columns=BY_SLUG)
link_targets.register("news:tag", rows=lambda at: Tag.objects.all(), columns=BY_SLUG)


@register
class Articles(Findable):
    name, label, model, order = "article", _("Articles"), Article, 10

    def detail(self, row: Article, at: dt.datetime) -> str:
        return f"{status_of(row, at).label}, {date_format(row.dateline_on, 'j F Y')}"


@register
class People(Findable):
    name, label, model, order = "person", _("People"), Person, 40
    columns = ("name", "name_zh")

    def called(self, word: str) -> Q:
        return super().called(word) | Q(pk__in=PersonName.objects.filter(name__icontains=word).values("person"))

    def detail(self, row: Any, at: dt.datetime) -> str:
        return str(row.name_zh)


@register
class Organizations(Findable):
    name, label, model, order = "organization", _("Organizations"), Organization, 50
    columns = ("name", "name_zh", "abbreviation")

    def called(self, word: str) -> Q:
        others = OrganizationName.objects.filter(name__icontains=word)
        return super().called(word) | Q(pk__in=others.values("organization"))

    def detail(self, row: Any, at: dt.datetime) -> str:
        return str(row.name_zh)
