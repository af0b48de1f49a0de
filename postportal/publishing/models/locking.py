"""Row locks of items."""

from typing import TypeVar

from django.db import transaction

from postportal.publishing.models.versioned import Versioned

Item = TypeVar("Item", bound=Versioned)


def lock_item(item: Item) -> Item:
    """Lock the row of the item until the transaction ends, and return it as it is now. Child rows that have a form of
    their own are locked with it. Raises RuntimeError outside of a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Rows can only be locked inside a transaction.")
    locked = type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)
    for name in item.child_relations:
        rows = getattr(item, name)
        if issubclass(rows.model, Versioned):
            list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return locked
