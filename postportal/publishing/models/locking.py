"""Row locks of items."""

from django.db import transaction

from postportal.publishing.models.publishable import Publishable


def lock_item(item: Publishable) -> Publishable:
    """Lock the row of the item until the transaction ends, and return it as it is now. Raises RuntimeError outside of a
    transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Rows can only be locked inside a transaction.")
    return type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)
