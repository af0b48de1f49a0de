"""Announced changes of a person or an organization: “From 1 March 2027: new name”."""

import datetime as dt

from django.db.models import Q

from news.announced_changes import announced_changes
from news.models import Organization, Person, PlannedChange


def planned_changes(row: Person | Organization, *, at: dt.datetime) -> list[PlannedChange]:
    """Return the announced changes of the row and of the positions in an organization."""
    owner = Q(person=row) if isinstance(row, Person) else Q(organization=row) | Q(position__organization=row)
    rows = announced_changes(at).filter(owner)
    return list(rows.select_related("person", "organization", "position__organization", "new_parent"))
