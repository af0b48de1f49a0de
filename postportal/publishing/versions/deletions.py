"""Deletions: a row is recorded when it is deleted, with everything from which it can be restored."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import SET_NULL

from postportal.publishing.models import Revision, Versioned
from postportal.publishing.models.revision import MAX_COMMAND
from postportal.publishing.versions import revisions, snapshots
from postportal.publishing.versions.related_names import RelatedNames
from postportal.publishing.versions.snapshots import Content


def record_deletion(row: Any, *, by: Any, command: str = "") -> None:
    """Record a row that `by`, or the command of this name, is about to delete, in the same transaction. Called by the
    receiver of deletions only."""
    revisions.record_deletion(row, full_content(row), by=by, name=str(row)[:300], command=command[:MAX_COMMAND])


def full_content(row: Versioned) -> Content:
    """Return the content of a row with what else is deleted with it: columns that nobody edits, such as state and key,
    and the links of other rows to it."""
    content = snapshots.serialize(row)
    content["columns"] = columns_of(row, without=content["fields"])
    for name, values in content["parts"].items():
        relation: Any = row._meta.get_field(name)
        children = relation.related_model._default_manager.in_bulk([part["pk"] for part in values])
        for part in values:
            part |= columns_of(children[part["pk"]], without=part)
    content["own_rows"] = {
        name: [{"pk": each.pk, **columns_of(each, without=())} for each in getattr(row, name).order_by("pk")]
        for name in row.own_relations
    }
    content["referrers"] = {
        f"{field.model._meta.label_lower}.{field.name}": found
        for field in referring_fields(type(row))
        if (found := sorted(field.model._default_manager.filter(**{field.name: row}).values_list("pk", flat=True)))
    }
    return content


def columns_of(row: models.Model, *, without: Collection[str]) -> Content:
    """Return the values of the other columns of a row, which nobody edits."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and field.name not in without]
    return {field.name: _exact_value(row, field) for field in fields}


def _exact_value(row: models.Model, field: models.Field) -> Any:
    """Return the value for JSON, times with their fractions of a second: nobody types these into a form."""
    value = field.value_from_object(row)
    return value.isoformat() if isinstance(value, dt.datetime) else snapshots.json_value(row, field)


def referring_fields(model: type[models.Model]) -> Iterator[Any]:
    """Yield the fields of other versioned rows that a deletion empties without a word: links, and references that may
    be blank."""
    for other in apps.get_models():
        for field in (*other._meta.fields, *other._meta.many_to_many) if issubclass(other, Versioned) else ():
            if field.related_model is model and field.editable and _is_emptied(field):
                yield field


def _is_emptied(field: Any) -> bool:
    return bool(field.many_to_many) or getattr(field.remote_field, "on_delete", None) is SET_NULL


def names_of_deleted(keys: Collection[tuple[type[models.Model], Any]], *, known: RelatedNames) -> list[str]:
    """Return the rows in words: with the names that they had when they were deleted, as far as these are known."""
    by_model: dict[type[models.Model], list[Any]] = defaultdict(list)
    for model, key in keys:
        by_model[model].append(key)
    names = {
        (model, revision.object_id): revision.note
        for model, found in by_model.items()
        for revision in Revision.objects.last_of_deleted(model).filter(object_id__in=found).defer("content")
    }
    return [
        f"{model._meta.verbose_name} “{names[model, key]}”" if (model, key) in names else known.name(model, key)
        for model, key in keys
    ]
