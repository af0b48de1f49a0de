"""Merging of tags: one is kept, gets the items of the others, and is found under their names and slugs."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from taggit.models import Tag, TaggedItem

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.tags.locking import lock_items
from postportal.tags.models import FormerSlug, TagSpelling


def count_tagged_items(tags: Collection[Tag]) -> int:
    """Return the number of items with at least one of the tags."""
    return len(_items_of(TaggedItem.objects.filter(tag__in=tags)))


def merge_tags(kept: Tag, others: Collection[Tag], *, request: HttpRequest | None = None) -> int:
    """Give every item of the other tags the kept tag, once, and delete the others. Return the number of items.

    Their names become spellings of the kept tag, their slugs its former slugs. Saving the kept tag reindexes its
    items."""
    with transaction.atomic():
        lock_items([kept, *others])
        count = count_tagged_items([kept, *others])
        for other in others:
            _move_items(other, kept)
            FormerSlug.objects.update_or_create(slug=other.slug, defaults={"tag": kept})
        FormerSlug.objects.filter(tag__in=others).update(tag=kept)
        names = ", ".join(sorted(tag.name for tag in others))
        TagSpelling.objects.filter(tag__in=others).update(tag=kept, is_own=False)
        Tag.objects.filter(pk__in=[tag.pk for tag in others]).delete()
        kept.save()
        log_action(Action.MERGE, request=request, item=kept, detail=f"Merged into it: {names}. Items: {count}")
    return count


def _move_items(tag: Tag, kept: Tag) -> None:
    has_kept = _items_of(TaggedItem.objects.filter(tag=kept))
    rows = TaggedItem.objects.filter(tag=tag).values_list("pk", "content_type_id", "object_id")
    moved = [pk for pk, *item in rows if tuple(item) not in has_kept]
    for start in range(0, len(moved), 500):
        TaggedItem.objects.filter(pk__in=moved[start : start + 500]).update(tag=kept)


def _items_of(rows: QuerySet[TaggedItem]) -> set[tuple[int, int]]:
    return set(rows.values_list("content_type_id", "object_id"))
