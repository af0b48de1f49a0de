"""Announced changes of people, organizations and positions, and what these will be on a day to come."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone

from news.models import Organization, Person, PlannedChange, Position
from postportal.publishing.models import visibility


def announced_changes(at: dt.datetime) -> Any:
    """Return the changes that readers know of and that have not been made, in the order of their days. One that names
    an organization waits until that is public, too."""
    parent = Q(new_parent=None) | visibility(Organization, at, prefix="new_parent__")
    return PlannedChange.objects.announced(at).filter(parent).order_by("takes_effect_on", "pk")


class ChangesUntil:
    """The announced changes that apply by a day. There are none for a day that is not in the future: those of today
    have been made."""

    def __init__(self, day: dt.date, *, at: dt.datetime) -> None:
        rows = announced_changes(at).filter(takes_effect_on__lte=day).select_related("new_parent")
        known = rows if day > timezone.localdate(at) else ()
        self.rows: list[PlannedChange] = [row for row in known if row.certain_from <= day]

    def apply(self, row: Person | Organization | Position) -> None:
        """Give the row in memory the names of the day, and the end."""
        name = f"{row._meta.model_name}_id"
        for change in self.rows:
            if getattr(change, name) == row.pk:
                change.apply_to(row)

    @property
    def parents(self) -> dict[int, int]:
        """Return the parent of the day for each organization that gets another one."""
        return {
            row.organization_id: row.new_parent_id for row in self.rows if row.organization_id and row.new_parent_id
        }
