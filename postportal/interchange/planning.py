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


def set_aside(row: Any, merged: MergedContent, *, current: Content) -> list[Plan]:
    """Take out of the content what lies ahead, and return the planned rows that it becomes."""
    plan = merged.register.plan
    return plan(row, merged.content, current=current) if plan else []


def hold_back(merged: MergedContent) -> bool:
    """Take what lies ahead out of the content of a new row, and return True if there is any: planned rows refer to a
    row that exists."""
    hold = merged.register.hold_back
    return bool(hold and hold(merged.register.model, merged.content))


def set_aside_held(row: Any, merged: MergedContent, *, current: Content) -> list[Plan]:
    """Return the planned rows that become of what was held back from a new row. It has been written since, so that the
    same file changes it now like any other row. Raises ValidationError if something would be lost."""
    plans = set_aside(row, merged, current=current)
    if hold_back(merged):
        text = _("This day is in the future. Enter a planned change instead, so that it applies from its day.")
        raise ValidationError(text)
    return plans


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
