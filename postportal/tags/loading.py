"""Tags of many rows at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from taggit.models import Tag, TaggedItem


def load_tags(rows: Sequence[Any]) -> None:
    """Load the tags of rows of one model in the order of their IDs, so that `row.tags.all()` needs no
    query. Use it instead of prefetch_related, with which taggit makes a queryset for each row: that takes longer than
    the rest of a feed."""
    if not rows:
        return
    items = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(rows[0]), object_id__in=[row.pk for row in rows]
    )
    known: dict[int, Tag] = {}
    tags: dict[int, list[Tag]] = defaultdict(list)
    for key, pk, name, slug in items.order_by("tag_id").values_list("object_id", "tag_id", "tag__name", "tag__slug"):
        if pk not in known:
            known[pk] = Tag(pk=pk, name=name, slug=slug)
        tags[key].append(known[pk])
    for row in rows:
        # Where taggit looks for what prefetch_related has loaded.
        row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), "tags": tags[row.pk]}
