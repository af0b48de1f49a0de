"""Writing of one imported row, as its form would: validated, locked, with a version, and to unpublished changes if
readers know it."""

from contextlib import nullcontext
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.text import capfirst

from postportal.interchange.merging import MergedContent
from postportal.interchange.registers import Register
from postportal.interchange.report import Refusal
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.shared_rows import SharedRows
from postportal.publishing.versions.snapshots import Content

REASON = ["withdrawal_reason"]


class RefusedError(Exception):
    """The row is not valid."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(refusals)
        self.refusals = refusals


def write_row(register: Register, row: models.Model, merged: MergedContent, *, place: str, by: Any) -> models.Model:
    """Write the content to a row that is locked, or to its unpublished changes, and record the version. Return the
    row."""
    if not isinstance(row, Versioned):
        _write(row, merged, place=place)
        return row
    is_new = row.pk is None
    if not is_new:
        revisions.record_outside_change(row)
    shared = SharedRows(None if is_new else row)
    content = store_content(row, merged, place=place)
    revisions.record_revision(row, content, by=by, kind=Revision.Kind.IMPORTED)
    shared.record(row, by=by)
    return row


def store_content(row: Versioned, merged: MergedContent, *, place: str) -> Content:
    """Write the content without a version, and return it as it is stored."""
    is_live = row.is_edited_in_edition
    with snapshots.dry_run() if is_live else nullcontext():
        _write(row, merged, place=place)
        fresh = type(row)._default_manager.get(pk=row.pk)
        return snapshots.serialize(fresh, known=merged.content if is_live else None)


def _write(row: Any, merged: MergedContent, *, place: str) -> None:
    content = merged.content
    snapshots.fill_fields(row, content)
    try:
        row.full_clean(exclude=REASON if isinstance(row, Publishable) else None)
    except ValidationError as error:
        raise RefusedError(refusals_of(error, type(row), place=place)) from None
    if not isinstance(row, Versioned):
        row.save()
        return
    with transaction.atomic():
        # First without child rows: their rules ask for their parent.
        snapshots.apply_content(row, {**content, "parts": {}})
        refusals = [each for name in merged.register.part_tables for each in _part_refusals(row, name, merged)]
        if refusals:
            raise RefusedError(refusals)
        snapshots.apply_content(row, content, is_final=not row.is_edited_in_edition)


def _part_refusals(item: Versioned, name: str, merged: MergedContent) -> list[Refusal]:
    """Return what the forms of the child rows in the file would refuse."""
    relation: Any = item._meta.get_field(name)
    model, parent = relation.related_model, relation.field.name
    found = []
    for values in merged.content["parts"].get(name, []):
        place = merged.places.get((name, values["pk"]))
        if place is None:
            continue
        pk = values["pk"] if values["pk"] > 0 else None
        row = model._default_manager.filter(pk=pk).first() or model()
        snapshots.fill_row(row, values, parent=parent, item=item)
        try:
            row.full_clean()
        except ValidationError as error:
            found += refusals_of(error, model, place=place)
    return found


def refusals_of(error: ValidationError, model: type[models.Model], *, place: str) -> list[Refusal]:
    """Return the sentences of a validation, each with its column."""
    labels = {field.name: str(capfirst(field.verbose_name)) for field in model._meta.concrete_fields}
    if not hasattr(error, "error_dict"):
        return [Refusal(place, "", message) for message in error.messages]
    return [
        Refusal(place, "" if name == NON_FIELD_ERRORS else labels.get(name, name), message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]
