"""Names of the rows that contents refer to, loaded with one query for each model."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from postportal.publishing.models import Versioned
from postportal.publishing.versions.snapshots import Content


class RelatedNames:
    def __init__(self, model: type[Versioned], contents: list[Content]) -> None:
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for content in contents:
            for related, key in _content_keys(model, content):
                keys[related].add(key)
        self.rows = {related: related._default_manager.in_bulk(list(found)) for related, found in keys.items()}

    def name(self, related: type[models.Model], key: Any) -> str:
        """Return the name of the row, or its number if it was deleted."""
        row = self.rows.get(related, {}).get(key)
        return str(row) if row is not None else _("no. %(key)s (deleted)") % {"key": key}

    def is_gone(self, related: type[models.Model], key: Any) -> bool:
        return key not in self.rows.get(related, {})


def find_field(model: type[models.Model], name: str) -> Any:
    """Return the field, or None if the model no longer has it."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def related_keys(model: type[models.Model], values: Content) -> Iterator[tuple[type[models.Model], Any]]:
    for name, value in values.items():
        field = find_field(model, name)
        if isinstance(field, models.ForeignKey) and value is not None:
            yield field.related_model, value


def _content_keys(model: type[Versioned], content: Content) -> Iterator[tuple[type[models.Model], Any]]:
    yield from related_keys(model, content["fields"])
    for name, keys in content["links"].items():
        field = find_field(model, name)
        if field is not None:
            yield from ((field.related_model, key) for key in keys)
    for name, rows in content["parts"].items():
        relation = find_field(model, name)
        for row in rows if relation is not None else []:
            # Without the reference to the item itself.
            values = {key: value for key, value in row.items() if key not in ("pk", relation.field.name)}
            yield from related_keys(relation.related_model, values)
