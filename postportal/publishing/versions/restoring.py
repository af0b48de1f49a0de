"""Restoring an old version of an item, as a new revision."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Publishable, Revision
from postportal.publishing.models.locking import lock_item
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.child_rows import match_rows
from postportal.publishing.versions.comparison import column_text
from postportal.publishing.versions.display import field_label
from postportal.publishing.versions.related_names import RelatedNames, related_keys
from postportal.publishing.versions.snapshots import Content, provisional_key
from postportal.staff.database_rules import constraint_fields, refusal_text


@dataclass
class RestoreResult:
    """The new revision, or None if nothing changed, and what could not be restored."""

    revision: Revision | None
    # The row as it was written, whose texts know what cleaning left out.
    row: Publishable
    # References to deleted rows, each in words.
    lost: list[str] = field(default_factory=list)
    # Labels of the fields that the version lacks and that keep their values, because readers know the item.
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def restore(item: Publishable, revision: Revision, *, by: Any, note: str = "") -> RestoreResult:
    """Restore the revision: as unpublished changes to a live item, or else in its row. Raises ValidationError with all
    reasons for a refusal."""
    item = lock_item(item)
    revisions.record_outside_change(item)
    current = revisions.current_content(item)
    content, lost = _restorable_content(item, revision.content, current=current)
    kept = _keep_what_readers_need(item, content, current) if item.is_edited_in_edition else []
    try:
        with transaction.atomic():
            content, row = _store(item, content)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    note = note or str(_("Version %(number)s") % {"number": revision.number})
    restored = revisions.record_revision(item, content, by=by, kind=Revision.Kind.RESTORED, note=note)
    if restored:
        log_action(Action.RESTORE, user=by, item=item, detail=f"version {revision.number}")
    return RestoreResult(restored, row, lost, kept)


def _keep_what_readers_need(item: Publishable, content: Content, current: Content) -> list[str]:
    """Fill in what the content lacks for a public row, such as a section, from the current content. Return the labels
    of these fields."""
    row = type(item)._default_manager.get(pk=item.pk)
    snapshots.fill_fields(row, content)
    kept = []
    for constraint in row._meta.constraints:
        if not isinstance(constraint, models.CheckConstraint) or _is_kept(constraint, row):
            continue
        for name in constraint_fields(constraint):
            if content["fields"].get(name, "") in (None, "") and current["fields"].get(name) not in (None, ""):
                content["fields"][name] = current["fields"][name]
                kept.append(field_label(type(item), "fields", name))
    return kept


def _is_kept(constraint: models.CheckConstraint, row: Publishable) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return False
    return True


def _store(item: Publishable, content: Content) -> tuple[Content, Publishable]:
    if item.is_edited_in_edition:
        with snapshots.dry_run():
            return _apply_and_serialize(item, content, is_final=False)
    return _apply_and_serialize(item, content, is_final=True)


def _apply_and_serialize(item: Publishable, content: Content, *, is_final: bool) -> tuple[Content, Publishable]:
    row = type(item)._default_manager.get(pk=item.pk)
    # Validated first, because its errors name the field and those of the database do not.
    snapshots.fill_fields(row, content)
    row.full_clean(exclude=["withdrawal_reason"])
    snapshots.apply_content(row, content, is_final=is_final)
    fresh = type(item)._default_manager.get(pk=item.pk)
    return snapshots.serialize(fresh, known=None if is_final else content), row


def _restorable_content(item: Publishable, old: Content, *, current: Content) -> tuple[Content, list[str]]:
    """Convert the old content to the current models. Fields that are newer than it keep their values."""
    content = copy.deepcopy(current)
    for section in ("fields", "tags", "links"):
        known = {name: value for name, value in old[section].items() if name in content[section]}
        content[section] |= copy.deepcopy(known)
    names = RelatedNames(type(item), [old])
    lost = _lost_references(item, names, old)
    for name in item.child_relations:
        if name in old["parts"]:
            content["parts"][name] = _restorable_rows(
                item, name, old["parts"][name], current["parts"].get(name, []), names, lost
            )
    return content, lost


def _lost_references(item: Publishable, names: RelatedNames, old: Content) -> list[str]:
    lost = []
    for column in snapshots.editable_fields(type(item)):
        key = old["fields"].get(column.name)
        if isinstance(column, models.ForeignKey) and key is not None and names.is_gone(column.related_model, key):
            lost.append(f"{column.verbose_name}: {column_text(column, names, key)}")
    for name, keys in old["links"].items():
        related = item._meta.get_field(name).related_model
        lost += [names.name(related, key) for key in keys if names.is_gone(related, key)]  # type: ignore[arg-type]
    return lost


def _restorable_rows(
    item: Publishable, name: str, old: list[Content], current: list[Content], names: RelatedNames, lost: list[str]
) -> list[Content]:
    relation: Any = item._meta.get_field(name)
    model, parent = relation.related_model, relation.field.name
    in_use = _keys_in_use(model, parent, item, old)
    rows = []
    for was, now in match_rows(model, parent, old, current):
        if was is None:
            continue
        # A row that had a provisional key then has a final one now.
        key = now["pk"] if now else provisional_key() if was["pk"] in in_use else was["pk"]
        gone = [key for related, key in related_keys(model, _row_values(was, parent)) if names.is_gone(related, key)]
        if gone and not _is_valid_alone(model, parent, item, was):
            lost.append(_("%(kind)s no. %(key)s") % {"kind": model._meta.verbose_name, "key": gone[0]})
        else:
            lost += [_("no. %(key)s (deleted)") % {"key": missing} for missing in gone]
            rows.append({**was, "pk": key, parent: item.pk})
    return rows


def _row_values(row: Content, parent: str) -> Content:
    return {name: value for name, value in row.items() if name not in ("pk", parent)}


def _keys_in_use(model: type[models.Model], parent: str, item: Publishable, rows: list[Content]) -> set[int]:
    taken = model._default_manager.filter(pk__in=[row["pk"] for row in rows]).exclude(**{parent: item})
    return set(taken.values_list("pk", flat=True))


def _is_valid_alone(model: type[models.Model], parent: str, item: Publishable, values: Content) -> bool:
    """Return True if the row is valid without the rows it referred to."""
    row = model()
    snapshots.fill_row(row, values, parent=parent, item=item)
    try:
        row.clean_fields(exclude={parent})
        row.validate_constraints(exclude={parent})
    except ValidationError:
        return False
    return True
