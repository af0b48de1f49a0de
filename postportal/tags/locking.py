"""Locks on the items of tags, in the order in which other transactions lock many items."""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem

_ROWS_AT_ONCE = 500


def lock_items(tags: Collection[Tag]) -> None:
    """Lock the rows that have one of the tags until the end of the transaction. A trigger may lock the item of each
    tag that changes (news/count_triggers.py): in any other order, this transaction and an import would wait for each
    other."""
    keys: dict[int, set[int]] = defaultdict(set)
    for content_type, key in TaggedItem.objects.filter(tag__in=tags).values_list("content_type", "object_id"):
        keys[content_type].add(key)
    for content_type in sorted(keys):
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:
            continue  # The app has been removed.
        in_order = sorted(keys[content_type])
        for start in range(0, len(in_order), _ROWS_AT_ONCE):
            rows = model._default_manager.filter(pk__in=in_order[start : start + _ROWS_AT_ONCE]).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))
