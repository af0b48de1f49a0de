"""Snapshots: the content of an item as JSON, with tags, links and child rows, and back to the database."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager

from postportal.publishing.models import Publishable

Content = dict[str, Any]
# Shown to editors when `apply_content` raises IntegrityError.
VALUE_TAKEN_MESSAGE = gettext_lazy("Another item already uses one of the numbers or URLs in this item.")
# Set by workflow steps and not by editors.
WORKFLOW_FIELDS = {"state", "publish_at", "withdrawal_reason"}


@contextmanager
def dry_run() -> Iterator[None]:
    """Roll back everything written inside. Previews and forms of unpublished changes are rendered from real rows."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def serialize(item: Publishable, *, known: Content | None = None) -> Content:
    """Return the content of the item in the database. With `known`, the content that was applied in a dry run, child
    rows that are not in it get provisional keys, which are negative: their keys in the database are rolled back."""
    parts = {name: [_row_values(row) for row in _child_rows(item, name)] for name in item.child_relations}
    if known is not None:
        _assign_provisional_keys(parts, known)
    return {
        "fields": {field.name: _json_value(item, field) for field in editable_fields(type(item))},
        "tags": {field.name: _tag_names(item, field.name) for field in tag_fields(type(item))},
        "links": {field.name: _linked_keys(item, field.name) for field in item._meta.many_to_many if _is_link(field)},
        "parts": parts,
    }


def apply_content(item: Publishable, content: Content, *, is_final: bool = False) -> None:
    """Write the content to the rows of the item. With `is_final`, provisional keys are replaced by real ones. Raises
    IntegrityError if the database refuses, for example a number that another item uses."""
    fill_fields(item, content)
    item.save()
    for name, tags in content["tags"].items():
        getattr(item, name).set(tags)
    for name, keys in content["links"].items():
        manager = getattr(item, name)
        manager.set(manager.model._default_manager.filter(pk__in=keys))
    for name, rows in content["parts"].items():
        if name in item.child_relations:
            _write_rows(item, name, rows, is_final=is_final)
    # Prefetched rows are out of date. Django has no public way to forget them without reading the row again.
    item._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def fill_fields(item: Publishable, content: Content) -> None:
    """Set the fields of the item without saving it."""
    for field in editable_fields(type(item)):
        if field.name in content["fields"]:
            setattr(item, field.attname, _value_or_null(field, content["fields"][field.name]))


def editable_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the columns that editors can change."""
    return [
        field for field in model._meta.concrete_fields if field.editable and field.name not in WORKFLOW_FIELDS | {"id"}
    ]


def tag_fields(model: type[models.Model]) -> list[TaggableManager]:
    return [field for field in model._meta.many_to_many if isinstance(field, TaggableManager)]


def _is_link(field: Any) -> bool:
    return not isinstance(field, TaggableManager)


def _tag_names(item: models.Model, name: str) -> list[str]:
    return sorted(getattr(item, name).names())


def _linked_keys(item: models.Model, name: str) -> list[int]:
    return sorted(getattr(item, name).values_list("pk", flat=True))


def _child_rows(item: Publishable, name: str) -> list[models.Model]:
    return list(getattr(item, name).order_by("pk"))


def _row_values(row: models.Model) -> Content:
    return {"pk": row.pk} | {
        field.name: _json_value(row, field) for field in row._meta.concrete_fields if not field.primary_key
    }


def _json_value(row: models.Model, field: models.Field) -> Any:
    """Return the value for JSON: numbers, booleans and text as they are, others as in Django fixtures."""
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def _value_or_null(field: models.Field, value: Any) -> Any:
    """Return the value for the column. A nullable reference to a deleted row becomes None."""
    if not isinstance(field, models.ForeignKey):
        return field.to_python(value)
    is_missing = field.null and not field.related_model._default_manager.filter(pk=value).exists()
    return None if is_missing else value


def provisional_key() -> int:
    return -random.getrandbits(52) - 1


def _assign_provisional_keys(parts: dict[str, list[Content]], known: Content) -> None:
    for name, rows in parts.items():
        keys = {row["pk"] for row in known["parts"].get(name, [])}
        for row in rows:
            if row["pk"] not in keys:
                row["pk"] = provisional_key()


def _write_rows(item: Publishable, name: str, rows: list[Content], *, is_final: bool) -> None:
    relation = getattr(item, name)
    model, parent = relation.model, relation.field.name
    existing = {row.pk: row for row in relation.all()}
    changed = []
    for values in rows:
        row = existing.get(values["pk"]) or model(pk=values["pk"])
        before = _row_values(row)
        fill_row(row, values, parent=parent, item=item)
        if row.pk not in existing or _row_values(row) != before:
            changed.append(row)
    _delete_rows(model, gone=set(existing) - {values["pk"] for values in rows}, changed=changed)
    for row in changed:
        if is_final and row.pk < 0:
            row.pk = None
        row.save(force_insert=True)


def fill_row(row: models.Model, values: Content, *, parent: str, item: Publishable) -> None:
    """Set the fields of a child row without saving it."""
    for field in row._meta.concrete_fields:
        if not field.primary_key and field.name != parent and field.name in values:
            setattr(row, field.attname, _value_or_null(field, values[field.name]))
    setattr(row, parent, item)


def _delete_rows(model: type[models.Model], *, gone: set[int], changed: list[models.Model]) -> None:
    """Delete removed and changed rows, so that two rows can swap unique values. Changed rows are inserted again with
    their keys."""
    for row in model._default_manager.filter(pk__in=[*gone, *(row.pk for row in changed)]):
        row.delete()
