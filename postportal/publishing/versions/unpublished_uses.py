"""Rows that unpublished changes refer to. No database protects these: the changes to a live item are JSON."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db.models import ForeignKey, Model, QuerySet

from postportal.publishing.models import Edition
from postportal.publishing.versions.snapshots import Content


class _References(NamedTuple):
    """Columns in which a version names rows of another model: its own, and those of its child rows."""

    fields: list[str]
    parts: dict[str, list[str]]


def items_with_changes_using(rows: Sequence[Model], *, texts: Collection[str] = ()) -> list[QuerySet[Any]]:
    """Return for each model the items whose unpublished changes refer to one of the rows, which are of one model, or
    contain one of these texts. Takes one query to find them."""
    found: dict[type[Model], list[int]] = defaultdict(list)
    if rows:
        # As JSON has them: with the quotation marks of attributes escaped.
        escaped = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
        target, pks = type(rows[0]), {row.pk for row in rows}
        for edition in Edition.objects.open().filter(content__isnull=False).select_related("content_type").iterator():
            model = edition.content_type.model_class()
            content: Any = edition.content
            if model is not None and _uses(content, model, target, pks=pks, texts=escaped):
                found[model].append(edition.object_id)
    return [model._default_manager.filter(pk__in=keys).order_by("-pk") for model, keys in found.items()]


def _uses(content: Content, model: type[Model], target: type[Model], *, pks: set[int], texts: Iterable[str]) -> bool:
    if not pks.isdisjoint(_keys(content, _references(model, target))):
        return True
    dumped = json.dumps(content, ensure_ascii=False)
    return any(text in dumped for text in texts)


def _keys(content: Content, references: _References) -> Iterator[int]:
    yield from (content["fields"].get(name) for name in references.fields)
    for part, names in references.parts.items():
        for row in content["parts"].get(part, []):
            yield from (row.get(name) for name in names)


@cache
def _references(model: Any, target: type[Model]) -> _References:
    parts = {name: _columns_to(target, model._meta.get_field(name).related_model) for name in model.child_relations}
    return _References(_columns_to(target, model), parts)


def _columns_to(target: type[Model], model: Any) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is target
    ]
