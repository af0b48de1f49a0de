"""Slugs of tags: made and checked like all others, although the model belongs to another package."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import router, transaction
from taggit.models import Tag

from postportal.tags.models import MAX_SLUG_LENGTH, FormerSlug
from postportal.web.slugged import save_with_free_slug
from postportal.web.slugs import free_slug, make_stem


def save_tag(tag: Tag, *args: Any, **kwargs: Any) -> None:
    """Save the tag, with a slug made from its name if it has none. The slug that it had becomes a former one."""
    using = kwargs.get("using") or router.db_for_write(Tag, instance=tag)
    with transaction.atomic(using=using):
        former = Tag.objects.using(using).filter(pk=tag.pk).values_list("slug", flat=True).first() if tag.pk else None
        _save_with_slug(tag, functools.partial(super(Tag, tag).save, *args, **kwargs), using=using)
        if former and former != tag.slug:
            FormerSlug.objects.using(using).update_or_create(slug=former, defaults={"tag": tag})


def _save_with_slug(tag: Tag, save: Callable[[], None], *, using: str) -> None:
    if tag.slug:
        save()
        return
    tag.slug = make_tag_slug(tag)

    def leave_taken_slug() -> bool:
        is_taken = bool(other_tags(tag).filter(slug=tag.slug).exists())
        tag.slug = make_tag_slug(tag)
        return is_taken

    save_with_free_slug(save, leave_taken_slug=leave_taken_slug, using=using)


def make_tag_slug(tag: Tag) -> str:
    """Return a free slug for the tag, made from its name."""
    return free_slug(other_tags(tag), stem=make_stem([tag.name], kind="tag"), kind="tag", max_length=MAX_SLUG_LENGTH)


def other_tags(tag: Tag) -> Any:
    """Return all tags but this one."""
    return Tag.objects.exclude(pk=tag.pk)
