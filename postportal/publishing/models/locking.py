"""Row locks of items."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, TypeVar

from django.apps import apps
from django.db import models, transaction

from postportal.publishing.models.versioned import Versioned

Item = TypeVar("Item", bound=Versioned)


def lock_item(item: Item) -> Item:
    """Lock the row of the item until the transaction ends, and return it as it is now. Child rows that have a form of
    their own, and the other rows that contain these, are locked with it. Raises RuntimeError outside of a
    transaction."""
    found = lock_items([item])
    if item.pk not in found:
        raise type(item).DoesNotExist
    return found[item.pk]


def lock_items(items: Sequence[Item]) -> dict[int, Item]:
    """Lock the rows of items of one model, as `lock_item` does, in as many queries as for one. Return those that still
    exist as they are now, by primary key."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Rows can only be locked inside a transaction.")
    if not items:
        return {}
    keys = _keys_beside(items)
    # Always in this order: the forms of a person, a position and an appointment would wait for each other for ever.
    for model in sorted(keys, key=lambda model: model._meta.label):
        rows = model._default_manager.select_for_update(of=("self",)).filter(pk__in=keys[model])
        list(rows.order_by("pk").values_list("pk"))
    locked = type(items[0])._default_manager.select_for_update(of=("self",))
    return {row.pk: row for row in locked.filter(pk__in=[item.pk for item in items]).order_by("pk")}


def owner_fields(model: type[models.Model]) -> list[str]:
    """Return the foreign keys of the model to rows whose versions contain its rows."""
    owners = [owner for owner in apps.get_models() if issubclass(owner, Versioned)]
    relations = [owner._meta.get_field(name) for owner in owners for name in owner.child_relations]
    return [relation.field.name for relation in relations if relation.related_model is model]  # type: ignore[union-attr]


def _keys_beside(items: Sequence[Versioned]) -> dict[type[Versioned], set[int]]:
    """Return the keys of the rows that are saved together, if there are any but the items."""
    rows = [*items, *shared_children(items)]
    keys: dict[type[Versioned], set[int]] = defaultdict(set)
    for row in rows:
        for name in owner_fields(type(row)):
            field: Any = row._meta.get_field(name)
            keys[field.related_model].add(getattr(row, field.attname))
    for row in rows if keys else ():
        keys[type(row)].add(row.pk)
    return keys


def shared_children(items: Sequence[Versioned]) -> list[Versioned]:
    """Return the child rows of items of one model that have versions of their own. Takes as many queries as for one."""
    rows: list[Versioned] = []
    pks = [item.pk for item in items]
    for name in items[0].child_relations if items else ():
        relation: Any = items[0]._meta.get_field(name)
        if issubclass(relation.related_model, Versioned):
            found = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
            rows += found.order_by("pk")
    return rows
