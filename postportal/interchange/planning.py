"""Changes that a file makes on days to come: they are planned and not written to the rows that readers see."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from postportal.interchange.merging import MergedContent
from postportal.interchange.records import Change
from postportal.interchange.registers import Plan
from postportal.interchange.writing import RefusedError, refusals_of
from postportal.publishing.models import Revision
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.snapshots import Content


def set_aside(row: Any, merged: MergedContent, *, current: Content | None) -> list[Plan]:
    """Take out of the content what lies ahead, and return the planned rows that it becomes. What a file says of a new
    row stays in it: nobody sees it yet."""
    plan = merged.register.plan
    return plan(row, merged.content, current=current) if plan and current is not None else []


def save_plans(plans: Iterable[Plan], *, place: str, by: Any) -> list[Change]:
    """Save the planned rows, each with a version, and return what the report says of them."""
    changes = []
    for row, words in plans:
        try:
            row.full_clean()
        except ValidationError as error:
            raise RefusedError(refusals_of(error, type(row), place=place)) from None
        row.planned_by = by
        row.save()
        revisions.record_revision(row, snapshots.serialize(row), by=by, kind=Revision.Kind.IMPORTED)
        is_hidden = row.publish_at is None
        label = _("Planned, hidden until you choose a time") if is_hidden else _("Planned, public at its time")
        changes.append(Change(label, "", words))
    return changes
