"""Row locks of items."""

from collections import defaultdict
from typing import TypeVar

from django.apps import apps
from django.db import models, transaction

from postportal.publishing.models.versioned import Versioned

Item = TypeVar("Item", bound=Versioned)


def lock_item(item: Item) -> Item:
    """Lock the row of the item until the transaction ends, and return it as it is now. Child rows that have a form of
    their own, and the other rows that contain these, are locked with it. Raises RuntimeError outside of a
    transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Rows can only be locked inside a transaction.")
    keys = _keys_beside(item)
    # Always in this order: the forms of a person, a position and an appointment would wait for each other for ever.
    for model in sorted(keys, key=lambda model: model._meta.label):
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys[model])
        list(rows.order_by("pk").values_list("pk"))
    return type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)


def owner_fields(model: type[models.Model]) -> list[str]:
    """Return the foreign keys of the model to rows whose versions contain its rows."""
    owners = [owner for owner in apps.get_models() if issubclass(owner, Versioned)]
    relations = [owner._meta.get_field(name) for owner in owners for name in owner.child_relations]
    return [relation.field.name for relation in relations if relation.related_model is model]  # type: ignore[union-attr]


def _keys_beside(item: Versioned) -> dict[type[Versioned], set[int]]:
    """Return the keys of the rows that are saved together, if there are any but the item."""
    relations = [getattr(item, name) for name in item.child_relations]
    rows = [row for relation in relations if issubclass(relation.model, Versioned) for row in relation.all()]
    keys: dict[type[Versioned], set[int]] = defaultdict(set)
    for row in (item, *rows):
        for name in owner_fields(type(row)):
            field = row._meta.get_field(name)
            keys[field.related_model].add(getattr(row, field.attname))
    for row in (item, *rows) if keys else ():
        keys[type(row)].add(row.pk)
    return keys
