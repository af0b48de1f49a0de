"""New drafts with the content of another item: copies, items made from a template, and translations."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.models import Publishable, State
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.child_rows import is_valid_alone
from postportal.publishing.versions.related_names import RelatedNames, related_keys
from postportal.publishing.versions.snapshots import Content, provisional_key
from postportal.staff.database_rules import refusal_text
from postportal.staff.row_limits import is_within_limits

# What no copy has of its original, whatever its kind.
NEVER_COPIED = ("expire_at", "review_on", "correction", "correction_on")


def copied_content(
    model: type[Publishable], content: Content, *, keep: Iterable[str] = (), changes: Mapping[str, Any] | None = None
) -> Content:
    """Return the content for a new item of the model: without what belongs to one item only, except the fields in
    `keep`, and with `changes` of its fields."""
    content = copy.deepcopy(content)
    left_out = {*NEVER_COPIED, *model.not_copied, *_unique_fields(model)} - set(keep)
    for field in snapshots.editable_fields(model):
        if field.name in left_out:
            content["fields"][field.name] = snapshots.json_value(model(), field)
    names = RelatedNames(model, [content])
    for name, rows in content["parts"].items():
        content["parts"][name] = [] if name in left_out else _new_rows(model, name, rows, names=names)
    content["fields"] |= changes or {}
    return content


def copied_title(content: Content, model: type[Publishable]) -> dict[str, str]:
    """Return the title of a copy, so that nobody takes it for its original."""
    column: Any = {field.name: field for field in model._meta.concrete_fields}["title"]
    title = _("Copy of %(title)s") % {"title": content["fields"].get("title", "")}
    return {"title": title[: column.max_length]}


def create_draft(model: type[Publishable], content: Content, *, by: Any, origin: str, **columns: Any) -> Publishable:
    """Create a draft with this content, written by `by`. Raises ValidationError if the database refuses it."""
    item = model(state=State.DRAFT, publish_at=None, created_by=by, **columns)
    try:
        with transaction.atomic():
            snapshots.apply_content(item, content, is_final=True)
            if not is_within_limits(by, item):
                raise ValidationError(_("Your account is limited to other sections."))
            revisions.record_revision(item, snapshots.serialize(item), by=by, note=origin[:300])
            log_action(Action.CREATE, user=by, item=item, detail=origin)
    except IntegrityError as error:
        raise ValidationError(refusal_text(error, default=snapshots.VALUE_TAKEN_MESSAGE)) from None
    return item


def _new_rows(model: type[Publishable], name: str, rows: list[Content], *, names: RelatedNames) -> list[Content]:
    """Return child rows without keys and without values that only one row can have. Rows that are nothing without a row
    that was deleted since are left out."""
    relation: Any = model._meta.get_field(name)
    child = relation.related_model
    unique = _unique_fields(child)
    blank = {
        field.name: snapshots.json_value(child(), field)
        for field in snapshots.row_fields(child)
        if field.name in unique
    }
    return [
        {**row, **blank, "pk": provisional_key()}
        for row in rows
        if not _has_lost_references(row, child, parent=relation.field.name, names=names)
        or is_valid_alone({**row, **blank}, child, parent=relation.field.name, item=model())
    ]


def _has_lost_references(row: Content, child: type[models.Model], *, parent: str, names: RelatedNames) -> bool:
    values = {name: value for name, value in row.items() if name not in ("pk", parent)}
    return any(names.is_gone(related, key) for related, key in related_keys(child, values))


def _unique_fields(model: type[models.Model]) -> set[str]:
    """Return the fields whose values no two rows share."""
    alone = {
        constraint.fields[0]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and len(constraint.fields) == 1
    }
    return alone | {field.name for field in model._meta.concrete_fields if field.unique and not field.primary_key}
