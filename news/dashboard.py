"""Quick searches and link targets of the news app."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from news import name_queues, radar
from news.admin.name_suggestions import unlinked_names
from news.models import Article, Organization, Person, Section, Source
from postportal.publishing.checks import register_check
from postportal.publishing.workflow.status import status_of
from postportal.richtext import link_targets
from postportal.staff import work_queues
from postportal.staff.quick_search import QuickSearch, register_quick_search

SLUG_COLUMN = {"slug": "slug"}

for queue in (
    *(radar.FailedChanges, radar.OpenAppointments, radar.EqualNames),
    *(name_queues.ContradictingTitles, name_queues.UnknownPeople, name_queues.ProposedMentions),
):
    work_queues.register_work_queue(queue)

link_targets.register_link_target(
    "news:article",
    rows=Article.objects.reachable,
    key_columns={"day": "dateline_on", "slug": "slug", "language": "language"},
)
link_targets.register_link_target(
    "news:person", "news:person_news", rows=Person.objects.published, key_columns=SLUG_COLUMN
)
link_targets.register_link_target(
    "news:organization",
    "news:organization_news",
    rows=Organization.objects.published,
    key_columns=SLUG_COLUMN,
)
link_targets.register_link_target("news:section", rows=lambda at: Section.objects.all(), key_columns=SLUG_COLUMN)
link_targets.register_link_target("news:source", rows=lambda at: Source.objects.all(), key_columns=SLUG_COLUMN)
link_targets.register_link_target("news:tag", rows=lambda at: Tag.objects.all(), key_columns=SLUG_COLUMN)
register_check(
    unlinked_names, passed=_("People and organizations are linked"), applies_to=lambda model: model is Article
)


@register_quick_search
class ArticleQuickSearch(QuickSearch):
    name, label, model, order = "article", _("Articles"), Article, 10

    def detail(self, row: Article, at: dt.datetime) -> str:
        return f"{status_of(row, at).label}, {date_format(row.dateline_on, 'DATE_FORMAT')}"


@register_quick_search
class PersonQuickSearch(QuickSearch):
    name, label, model, order = "person", _("People"), Person, 40

    def detail(self, row: Any, at: dt.datetime) -> str:
        return str(row.name_zh)


@register_quick_search
class OrganizationQuickSearch(QuickSearch):
    name, label, model, order = "organization", _("Organizations"), Organization, 50

    def detail(self, row: Any, at: dt.datetime) -> str:
        return str(row.name_zh)
