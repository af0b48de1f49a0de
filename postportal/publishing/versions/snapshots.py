"""Snapshots: the content of an item as JSON, with tags, links and child rows, and back to the database."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext_lazy
from taggit.managers import TaggableManager

from postportal.publishing.models import Publishable, Versioned
from postportal.publishing.versions.taken_values import save_without_taken_values
from postportal.web.keyed_query import KeyedQuery
from postportal.web.slugged import Slugged

Content = dict[str, Any]
# Shown to editors when `apply_content` raises IntegrityError.
VALUE_TAKEN_MESSAGE = gettext_lazy("Another item already uses one of the numbers or URLs in this item.")
# Of items with a workflow: set by its steps and not by editors.
WORKFLOW_FIELDS = {"state", "publish_at", "withdrawal_reason"}


@contextmanager
def dry_run() -> Iterator[None]:
    """Roll back everything written inside. Previews and forms of unpublished changes are rendered from real rows."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def serialize(item: Versioned, *, known: Content | None = None) -> Content:
    """Return the content of the item in the database. With `known`, the content that was applied in a dry run, child
    rows that are not in it get provisional keys, which are negative: their keys in the database are rolled back."""
    content = serialize_all([item])[item.pk]
    if known is not None:
        _assign_provisional_keys(content["parts"], known)
    return content


def serialize_all(items: Sequence[Versioned]) -> dict[int, Content]:
    """Return the contents of items of one model in the database by primary key, in as many queries as for one."""
    if not items:
        return {}
    model, pks = type(items[0]), [item.pk for item in items]
    tags = {field.name: _tag_names(field, model, pks) for field in tag_fields(model)}
    links = {field.name: _linked_keys(field, pks) for field in model._meta.many_to_many if _is_link(field)}
    parts = {name: _child_rows(model, name, pks) for name in model.child_relations}
    return {
        item.pk: {
            "fields": serialize_fields(item),
            "tags": {name: sorted(names[item.pk]) for name, names in tags.items()},
            "links": {name: sorted(keys[item.pk]) for name, keys in links.items()},
            "parts": {name: rows[item.pk] for name, rows in parts.items()},
        }
        for item in items
    }


def serialize_fields(item: Versioned) -> Content:
    """Return the values of the columns that editors can change, as they are in the item."""
    return {field.name: json_value(item, field) for field in editable_fields(type(item))}


def apply_content(item: Versioned, content: Content, *, is_final: bool = False, is_for_form: bool = False) -> list[str]:
    """Write the content to the rows of the item. With `is_final`, provisional keys are replaced by real ones. With
    `is_for_form`, values that another item has taken since are left out (a slug gets a number): else nobody could open
    the form to change them. Return sentences about these. Without `is_for_form`, raises IntegrityError if the database
    refuses, for example a number that another item uses, and ValidationError if a child row with versions of its own is
    not valid."""
    taken = _save_item(item, content, is_for_form=is_for_form)
    for name, tags in content["tags"].items():
        getattr(item, name).set(tags)
    for name, keys in content["links"].items():
        manager = getattr(item, name)
        manager.set(manager.model._default_manager.filter(pk__in=keys))
    return taken + apply_parts(item, content["parts"], is_final=is_final, is_for_form=is_for_form)


def apply_parts(
    item: Versioned, parts: dict[str, list[Content]], *, is_final: bool = False, is_for_form: bool = False
) -> list[str]:
    """Write the child rows of a content, as `apply_content` does. Those of relations that are not there stay."""
    taken: list[str] = []
    for name, rows in parts.items():
        if name in item.child_relations:
            taken += _write_rows(item, name, rows, is_final=is_final, is_for_form=is_for_form)
    # Prefetched rows are out of date. Django has no public way to forget them without reading the row again.
    item._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return taken


def _save_item(item: Versioned, content: Content, *, is_for_form: bool) -> list[str]:
    stored = {field.name: getattr(item, field.attname) for field in editable_fields(type(item))}
    fill_fields(item, content)
    if not is_for_form:
        item.save()
        return []
    if isinstance(item, Slugged):
        item.leave_taken_slug()
    return save_without_taken_values(item, stored=stored)


def fill_fields(item: Versioned, content: Content) -> None:
    """Set the fields of the item without saving it."""
    for field in editable_fields(type(item)):
        if field.name in content["fields"]:
            setattr(item, field.attname, _value_or_null(field, content["fields"][field.name]))


def editable_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the columns that editors can change."""
    excluded = {"id"} | (WORKFLOW_FIELDS if issubclass(model, Publishable) else set())
    return [field for field in model._meta.concrete_fields if field.editable and field.name not in excluded]


def row_fields(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of child rows that a version contains: not those that are made from others on save."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def tag_fields(model: type[models.Model]) -> list[TaggableManager]:
    return [field for field in model._meta.many_to_many if isinstance(field, TaggableManager)]


def _is_link(field: Any) -> bool:
    return not isinstance(field, TaggableManager)


def _tag_names(field: TaggableManager, model: type[models.Model], pks: list[int]) -> dict[int, list[str]]:
    return _group(_tags(field.through).objects(pks, ContentType.objects.get_for_model(model).pk))


@cache
def _tags(through: Any) -> KeyedQuery:
    return KeyedQuery(
        lambda pks, content_type: through._default_manager.filter(
            content_type=content_type, object_id__in=pks
        ).values_list("object_id", "tag__name"),
        takes=(int,),
    )


def _linked_keys(field: Any, pks: list[int]) -> dict[int, list[int]]:
    return _group(_links(field).objects(pks))


@cache
def _links(field: Any) -> KeyedQuery:
    item, linked = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.values_list(f"{item}_id", f"{linked}_id")
    return KeyedQuery(lambda pks: rows.filter(**{f"{item}__in": pks}))


def _child_rows(model: type[models.Model], name: str, pks: list[int]) -> dict[int, list[Content]]:
    relation: Any = model._meta.get_field(name)
    rows = _children(relation).objects(pks)
    return _group((getattr(row, relation.field.attname), row_values(row)) for row in rows)


@cache
def _children(relation: Any) -> KeyedQuery:
    rows = relation.related_model._default_manager.order_by("pk")
    return KeyedQuery(lambda pks: rows.filter(**{f"{relation.field.name}__in": pks}))


def _group(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def row_values(row: models.Model) -> Content:
    """Return the values of a child row, with its key."""
    return {"pk": row.pk} | {field.name: json_value(row, field) for field in row_fields(type(row))}


def json_value(row: models.Model, field: models.Field) -> Any:
    """Return the value for JSON: numbers, booleans and text as they are, others as in Django fixtures."""
    value = field.value_from_object(row)
    if isinstance(value, dt.datetime):
        # Forms show no fractions of a second: to save one would look like a change.
        return value.astimezone(dt.UTC).replace(microsecond=0).isoformat()
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def _value_or_null(field: models.Field, value: Any) -> Any:
    """Return the value for the column. A nullable reference to a deleted row becomes None."""
    if value is None or not isinstance(field, models.ForeignKey):
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


def _write_rows(item: Versioned, name: str, rows: list[Content], *, is_final: bool, is_for_form: bool) -> list[str]:
    relation = getattr(item, name)
    model, parent = relation.model, relation.field.name
    existing = {row.pk: row for row in relation.all()}
    changed, stored, taken = [], {}, []
    for values in rows:
        row = existing.get(values["pk"]) or model(pk=values["pk"])
        before = row_values(row)
        stored[row.pk] = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
        fill_row(row, values, parent=parent, item=item)
        if row.pk not in existing or row_values(row) != before:
            changed.append(row)
    # Others refer to rows that have versions of their own, so these stay where they are.
    replaced = [] if issubclass(model, Versioned) else changed
    gone = set(existing) - {values["pk"] for values in rows}
    _forget(changed, gone=gone)
    _delete_rows(model, gone=gone, changed=replaced)
    writes = [(row, stored[row.pk], row in replaced or row.pk not in existing) for row in changed]
    for row in changed if is_final else ():
        row.pk = row.pk if row.pk > 0 else None
    if issubclass(model, Versioned) and not is_for_form:
        # All before the first is written: one may only have room where another is about to move.
        model.validate_together(changed, exclude=[parent])
    for row, values_before, is_new in writes:
        if is_for_form:
            taken += save_without_taken_values(row, stored=values_before, force_insert=is_new)
        else:
            row.save(force_insert=is_new)
    return taken


def fill_row(row: models.Model, values: Content, *, parent: str, item: Versioned) -> None:
    """Set the fields of a child row without saving it."""
    fill_columns(row, {name: value for name, value in values.items() if name != parent})
    setattr(row, parent, item)


def fill_columns(row: models.Model, values: Content) -> None:
    """Set these columns of a row without saving it."""
    for field in row._meta.concrete_fields:
        if not field.primary_key and field.name in values:
            setattr(row, field.attname, _value_or_null(field, values[field.name]))


def _forget(rows: list[models.Model], *, gone: set[int]) -> None:
    """Empty the references of rows to others of their kind that are about to be deleted."""
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.null and field.related_model is type(row) and getattr(row, field.attname) in gone:
                setattr(row, field.attname, None)


def _delete_rows(model: type[models.Model], *, gone: set[int], changed: list[models.Model]) -> None:
    """Delete removed and changed rows, so that two rows can swap unique values. Changed rows are inserted again with
    their keys, so what refers to them stays: the database checks references when the transaction ends."""
    for row in model._default_manager.filter(pk__in=gone):
        row.delete()
    stored = model._default_manager.filter(pk__in=[row.pk for row in changed])
    stored._raw_delete(using=stored.db)
