"""Work queues of what colleagues have given to one person, for all publishable models."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Assignment, Comment, Publishable
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import MAX_ITEMS, LinkedItem, QuerySetQueue, kind_name


def publishables() -> list[type[Publishable]]:
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


class AssignedToMe(QuerySetQueue):
    name, order = "assigned", 5
    label, action_label = gettext_lazy("Assigned to me"), gettext_lazy("Open")
    hint = gettext_lazy("Items that a colleague has asked you to work on, the most urgent first.")

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            Assignment.objects.of_model(model)
            .filter(user=user.pk, object_id__in=model._default_manager.values("pk"))
            .soonest_first()
            for model in viewable_models(user, self.models())
        ]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found, today = [], timezone.localdate(at)
        for model, rows in zip(viewable_models(user, self.models()), self.querysets(user, at), strict=True):
            rows_of_model = list(rows[:MAX_ITEMS])
            items = model._default_manager.defer(*long_text_columns(model)).in_bulk(
                [row.object_id for row in rows_of_model]
            )
            found += [(row, _assigned_item(row, items[row.object_id], today)) for row in rows_of_model]
        # One list over all kinds of items.
        found.sort(key=lambda pair: pair[0].due_on or dt.date.max)
        return [item for _row, item in found[:MAX_ITEMS]]


def _assigned_item(assignment: Assignment, item: Any, today: dt.date) -> LinkedItem:
    is_overdue, day = assignment.is_overdue_on(today), assignment.due_on
    text = _("Overdue since %(date)s.") if is_overdue else _("Due on %(date)s.")
    detail = text % {"date": date_format(day)} if day else ""
    return LinkedItem(text=str(item), url=change_url(item), kind=kind_name(item), detail=detail, at=assignment.at)


class Mentions(QuerySetQueue):
    name, order = "mentions", 12
    label, action_label = gettext_lazy("Comments that mention me"), gettext_lazy("Reply")
    hint = gettext_lazy("Comments in which a colleague has named you with @, until they are marked as done.")

    def models(self) -> Iterable[type[Publishable]]:
        return publishables()

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        return [
            Comment.objects.waiting_for(user)
            .filter(
                content_type=ContentType.objects.get_for_model(model), object_id__in=model._default_manager.values("pk")
            )
            .order_by("-at", "-pk")
            for model in viewable_models(user, self.models())
        ]

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        found = []
        for model, rows in zip(viewable_models(user, self.models()), self.querysets(user, at), strict=True):
            comments = list(rows[:MAX_ITEMS])
            items = model._default_manager.defer(*long_text_columns(model)).in_bulk(
                [comment.object_id for comment in comments]
            )
            found += [(comment, items[comment.object_id]) for comment in comments]
        found.sort(key=lambda pair: pair[0].at, reverse=True)
        return [
            LinkedItem(
                text=str(item),
                url=f"{change_url(item)}#comments",
                kind=kind_name(item),
                detail=" ".join(comment.text.splitlines()),
                at=comment.at,
            )
            for comment, item in found[:MAX_ITEMS]
        ]
