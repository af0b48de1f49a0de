"""Announced changes of a person or an organization: “From 1 March 2027: new name”."""

import datetime as dt
from typing import Any

from django.db.models import Q

from news.models import Organization, Person, PlannedChange
from postportal.publishing.models import visibility


def planned_changes(row: Person | Organization, *, at: dt.datetime) -> list[PlannedChange]:
    """Return the changes that have been announced and not made, of the row and of the positions in an organization. One
    that names an organization waits until that is public, too."""
    rows: Any = PlannedChange.objects.published(at).pending()
    owner = Q(person=row) if isinstance(row, Person) else Q(organization=row) | Q(position__organization=row)
    parent = Q(new_parent=None) | visibility(Organization, at, prefix="new_parent__")
    rows = rows.filter(owner, parent).select_related("person", "organization", "position__organization", "new_parent")
    return list(rows.order_by("takes_effect_on", "pk"))
