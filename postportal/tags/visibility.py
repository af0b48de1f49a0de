"""The tags that readers may know of."""

import datetime as dt

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from taggit.managers import TaggableManager
from taggit.models import Tag


def public_tags(at: dt.datetime) -> QuerySet[Tag]:
    """Return the tags of items that are public at the time `at`. The name of any other tells of what is to come."""
    is_shown = Q(pk__in=())
    for model in apps.get_models():
        names = [field.name for field in model._meta.many_to_many if isinstance(field, TaggableManager)]
        for name in names:
            items = model._default_manager.published(at)  # type: ignore[attr-defined]
            is_shown |= Q(Exists(items.filter(**{name: OuterRef("pk")})))
    tags: QuerySet[Tag] = Tag.objects.filter(is_shown)
    return tags
