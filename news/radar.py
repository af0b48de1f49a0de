"""Work queues that show where the register contradicts itself, or where a planned change failed.

Each line opens the row to correct."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Appointment, Handover, Person, PlannedChange
from postportal.staff.permissions import viewable_models
from postportal.staff.work_queues import LinkedItem, QuerySetQueue


class FailedChanges(QuerySetQueue):
    name, order = "failed-changes", 46
    label, action_label = gettext_lazy("Planned changes that failed"), gettext_lazy("Correct and plan again")
    hint = gettext_lazy("Handovers and other changes that were no longer possible when they were due.")

    def models(self) -> Iterable[type[Model]]:
        return [Handover, PlannedChange]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        rows: dict[Any, Any] = {
            Handover: Handover.objects.select_related("position__organization"),
            PlannedChange: PlannedChange.objects.select_related("person", "organization", "position__organization"),
        }
        shown = viewable_models(user, self.models())
        return [rows[model].pending().exclude(failure="").order_by("-pk") for model in shown]

    def to_item(self, row: Any) -> LinkedItem:
        item = super().to_item(row)
        return LinkedItem(item.text, item.url, item.kind, detail=" ".join(row.failure.splitlines()))


class OpenAppointments(QuerySetQueue):
    name, order = "open-appointments", 94
    label, action_label = gettext_lazy("Appointments that should have ended"), gettext_lazy("Enter the end date")
    hint = gettext_lazy("Without an end date, although there is a successor or the organization was dissolved.")

    def models(self) -> Iterable[type[Model]]:
        return [Appointment]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not viewable_models(user, [Appointment]):
            return []
        today = timezone.localdate(at)
        later = Appointment.objects.filter(
            position=OuterRef("position"), is_acting=False, begins_by__gt=OuterRef("begins_by"), held_from__lte=today
        )
        rows = Appointment.objects.filter(ends_before=None)
        has_successor = Q(Exists(later), position__seats=1)
        found = rows.filter(has_successor | Q(position__organization__ended_before__lte=today))
        return [found.select_related("person", "position__organization").order_by("held_from", "pk")]

    def to_item(self, row: Appointment) -> LinkedItem:
        item = super().to_item(row)
        organization = row.position.organization
        is_dissolved = organization.ended_before and organization.ended_before <= timezone.localdate()
        detail = _("%(organization)s was dissolved.") % {"organization": organization} if is_dissolved else ""
        return LinkedItem(item.text, item.url, item.kind, detail=detail or _("There is a successor."))


class EqualNames(QuerySetQueue):
    name, order = "equal-names", 95
    label, action_label = gettext_lazy("People with equal names"), gettext_lazy("Say what tells them apart")
    hint = gettext_lazy("Nothing tells colleagues which of them is which.")

    def models(self) -> Iterable[type[Model]]:
        return [Person]

    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        if not viewable_models(user, [Person]):
            return []
        others = Person.objects.exclude(pk=OuterRef("pk"))
        same = Exists(others.filter(folded_name=OuterRef("folded_name")))
        same_zh = Q(Exists(others.filter(folded_name_zh=OuterRef("folded_name_zh")))) & ~Q(folded_name_zh="")
        found = Person.objects.filter(Q(same) | same_zh, told_apart_by="").defer("biography", "biography_text")
        return [found.order_by(F("sort_key"), "pk")]
