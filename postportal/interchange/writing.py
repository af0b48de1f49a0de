"""Writing of one imported row, as its form would: validated, locked, with a version, and to unpublished changes if
readers know it."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst

from postportal.interchange.merging import MergedContent
from postportal.interchange.records import contents_of
from postportal.interchange.report import Refusal
from postportal.publishing.models import Publishable, Revision, Versioned
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.snapshots import Content

REASON = ["withdrawal_reason"]


class RefusedError(Exception):
    """The row is not valid."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(refusals)
        self.refusals = refusals


@dataclass(frozen=True)
class Before:
    """A row before it is written: what editors saw, and its newest version. Of a new row, neither."""

    content: Content | None = None
    newest: Revision | None = None


def write_row(row: models.Model, merged: MergedContent, *, before: Before, place: str, by: Any) -> Content:
    """Write the content to a row that is locked, or to its unpublished changes, and record its version: those of other
    rows are recorded for many at once. Return the content as editors see it now. Must be called in a transaction, which
    is rolled back if RefusedError is raised."""
    if not isinstance(row, Versioned):
        _write(row, merged, place=place)
        return contents_of([type(row)._default_manager.get(pk=row.pk)])[row.pk]
    old, newest = before.content, before.newest
    if old is not None:
        newest = revisions.record_found(row, old, newest=newest)
    content = store_content(row, merged, place=place, before=old)
    revisions.record_after(newest, row, content, by=by, kind=Revision.Kind.IMPORTED)
    return content


def store_content(row: Versioned, merged: MergedContent, *, place: str, before: Content | None = None) -> Content:
    """Write the content without a version, and return it as it is stored."""
    is_live = row.is_edited_in_edition
    with snapshots.dry_run() if is_live else nullcontext():
        _write(row, merged, place=place, before=before)
        fresh = type(row)._default_manager.get(pk=row.pk)
        return snapshots.serialize(fresh, known=merged.content if is_live else None)


def _write(row: Any, merged: MergedContent, *, place: str, before: Content | None = None) -> None:
    content = merged.content
    snapshots.fill_fields(row, content)
    try:
        _validate(row)
    except ValidationError as error:
        raise RefusedError(refusals_of(error, type(row), place=place)) from None
    if not isinstance(row, Versioned):
        row.save()
        return
    # First without child rows: their rules ask for their parent.
    snapshots.apply_content(row, {**content, "parts": {}})
    refusals = [each for name in merged.register.part_tables for each in _part_refusals(row, name, merged)]
    if refusals:
        raise RefusedError(refusals)
    snapshots.apply_parts(row, _parts_to_write(row, content, before), is_final=not row.is_edited_in_edition)


def _parts_to_write(row: Versioned, content: Content, before: Content | None) -> dict[str, list[Content]]:
    """Return the child rows of the content without those that are in the database. Unpublished changes are not."""
    if before is None or isinstance(row, Publishable):
        return dict(content["parts"])
    return {name: rows for name, rows in content["parts"].items() if rows != before["parts"].get(name)}


def _validate(row: models.Model) -> None:
    """Validate like a form. The database checks its conditions itself as the row is written: each would take three
    more queries. Only if something is wrong are they asked for their sentences."""
    exclude = set(REASON) if isinstance(row, Publishable) else set()
    try:
        row.full_clean(exclude=exclude, validate_constraints=False)
        for model, constraints in row.get_constraints():
            for constraint in constraints:
                if not isinstance(constraint, models.CheckConstraint):
                    constraint.validate(model, row, exclude=exclude)
    except ValidationError:
        row.full_clean(exclude=exclude)
        raise


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
