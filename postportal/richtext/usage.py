"""Search in the rich texts of all models."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from postportal.richtext.fields import RichTextField


def find_rows_containing(texts: list[str]) -> list[QuerySet[Any]]:
    """Return for each model with rich text the rows that contain one of the texts."""
    querysets = []
    for model in apps.get_models():
        condition = Q()
        for field in model._meta.concrete_fields:
            if isinstance(field, RichTextField):
                for text in texts:
                    condition |= Q(**{f"{field.name}__contains": text})
        if condition:
            querysets.append(model._default_manager.filter(condition).order_by("-pk"))
    return querysets
