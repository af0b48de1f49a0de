"""Where something is written inside rich text, whichever models there are."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from postportal.richtext.fields import RichTextField


def find_rows_containing(texts: list[str]) -> list[QuerySet[Any]]:
    """For each model with rich text, the rows in which one of the texts stands."""
    found = []
    for model in apps.get_models():
        wanted = Q()
        for field in model._meta.concrete_fields:
            if isinstance(field, RichTextField):
                for text in texts:
                    wanted |= Q(**{f"{field.name}__contains": text})
        if wanted:
            found.append(model._default_manager.filter(wanted).order_by("-pk"))
    return found
