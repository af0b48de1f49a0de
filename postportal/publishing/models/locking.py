from django.db import transaction

from postportal.publishing.models.publishable import Publishable


def lock_item(item: Publishable) -> Publishable:
    """The item as it stands now, held until the transaction ends: two who publish at once do it one after the other."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A row is locked inside a transaction.")
    return type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)
