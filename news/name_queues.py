"""Work queues of the names in articles: titles that contradict the register, people it lacks, and proposals to link."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.admin.name_suggestions import add_person_url, may_add_person
from news.models import Article, NameFinding, Person
from news.name_proposals import may_dismiss
from postportal.staff.permissions import change_url, change_url_for, viewable_models
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue

MODELS: tuple[type[Model], ...] = (Article, Person)


class FindingQueue(QuerySetQueue):
    """Base of the queues: for those who may view articles and people."""

    kind = ""

    def models(self) -> Iterable[type[Model]]:
        return MODELS

    def is_visible_to(self, user: Any) -> bool:
        return len(viewable_models(user, MODELS)) == len(MODELS)

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not self.is_visible_to(user):
            return []
        found = NameFinding.objects.open(at).filter(kind=self.kind).select_related("article", "person", "position")
        return [found.defer("article__body", "article__body_text").newest_first()]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        can_dismiss = may_dismiss(user)
        rows = [row for rows in self.querysets(user, at) for row in rows[:MAX_ITEMS]]
        return [
            LinkedItem(
                text=row.name,
                url=self.url_of(row, user),
                kind=_printed_title(row),
                detail=f"{row.article.title}, {date_format(row.article.dateline_on)}",
                dismiss_url=reverse("admin:news_person_dismiss_finding", args=[row.pk]) if can_dismiss else "",
            )
            for row in rows
        ]

    def url_of(self, row: NameFinding, user: Any) -> str:
        """Return the URL of the form in which the register is put right."""
        raise NotImplementedError


class ContradictingTitles(FindingQueue):
    name, order, kind = "titles-differ", 96, NameFinding.Kind.TITLE
    label, action_label = gettext_lazy("Titles that differ from the register"), gettext_lazy("Compare")
    hint = gettext_lazy("Articles print a title that the person does not have in the register on that day.")

    def url_of(self, row: NameFinding, user: Any) -> str:
        return f"{change_url_for(Person, row.person_id)}?finding={row.pk}"


class UnknownPeople(FindingQueue):
    name, order, kind = "unknown-people", 97, NameFinding.Kind.UNKNOWN
    label, action_label = gettext_lazy("Named but not in the register"), gettext_lazy("Add person")
    hint = gettext_lazy("People whom articles name with a title, and whom the register does not have.")

    def url_of(self, row: NameFinding, user: Any) -> str:
        if not may_add_person(user):
            return change_url(row.article)
        return add_person_url(row.name, is_chinese=row.is_chinese, finding=row.pk)


class ProposedMentions(FindingQueue):
    name, order = "proposed-mentions", 98
    label, action_label = gettext_lazy("People to link in the archive"), gettext_lazy("Confirm")
    hint = gettext_lazy("Articles name these people and do not link them yet.")

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not self.is_visible_to(user):
            return []
        proposed = NameFinding.objects.proposed_mentions(at).values("person")
        return [Person.objects.filter(pk__in=proposed).for_lists().by_name()]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        rows = [row for rows in self.querysets(user, at) for row in rows[:MAX_ITEMS]]
        return [
            LinkedItem(row.name, reverse("admin:news_person_mentions", args=[row.pk]), detail=row.name_zh)
            for row in rows
        ]


def _printed_title(row: NameFinding) -> str:
    if row.is_chinese:
        return f"{row.organization}{row.title}"
    return _("%(title)s, %(organization)s") % {"title": row.title, "organization": row.organization}
