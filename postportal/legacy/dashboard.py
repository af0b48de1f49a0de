"""Work queue of the stamp issues that only a list of the old site has announced so far."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Model, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from postportal.legacy.models import ListEntry
from postportal.staff.permissions import viewable_models
from postportal.staff.work_queues import LinkedItem, QuerySetQueue, register_work_queue
from services.models import StampIssue


@register_work_queue
class IncompleteIssuesQueue(QuerySetQueue):
    name, order = "incomplete-stamp-issues", 93
    label, action_label = _("Imported stamp issues to complete"), _("Complete issue")
    hint = _("Only a list of the old site has them, with half a title or without a serial number.")

    def models(self) -> Iterable[type[Model]]:
        return [StampIssue]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not viewable_models(user, [StampIssue]):
            return []
        entries = ListEntry.objects.incomplete()
        lacking = entries.filter(issue=OuterRef("pk")).order_by("pk").values("lacking")[:1]
        issues = StampIssue.objects.filter(pk__in=entries.values("issue")).annotate(lacking=Subquery(lacking))
        return [issues.order_by(F("year").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")]

    def to_item(self, row: Any) -> LinkedItem:
        item = super().to_item(row)
        detail = str(ListEntry.Lacking(row.lacking).label) if row.lacking else ""
        return LinkedItem(text=item.text, url=item.url, kind=item.kind, detail=detail)
