"""Signal receivers for tags, whose model belongs to django-taggit: every save tidies the name and
keeps its spelling unique, and a deletion locks the items."""

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from taggit.models import Tag

from postportal.tags.locking import lock_items
from postportal.tags.models import TagSpelling, tag_key
from postportal.text.tidying import tidy_line


def connect() -> None:
    pre_save.connect(_tidy_name, sender=Tag, dispatch_uid="tags-tidy")
    pre_delete.connect(_lock_items, sender=Tag, dispatch_uid="tags-lock")
    post_save.connect(_keep_spelling, sender=Tag, dispatch_uid="tags-spelling")


def _tidy_name(sender: type[Tag], instance: Tag, **kwargs: Any) -> None:
    instance.name = tidy_line(instance.name)


def _lock_items(sender: type[Tag], instance: Tag, **kwargs: Any) -> None:
    lock_items([instance])


def _keep_spelling(sender: type[Tag], instance: Tag, raw: bool = False, **kwargs: Any) -> None:
    """Store the folded name. Raises IntegrityError if another tag has it."""
    if raw:
        return
    key = tag_key(instance.name)
    own = TagSpelling.objects.filter(tag=instance)
    if not own.filter(folded=key, is_own=True).exists():
        own.filter(is_own=True).delete()
        # The name may be that of a tag which was merged into this one.
        own.filter(folded=key).delete()
        TagSpelling.objects.create(tag=instance, folded=key, is_own=True)
