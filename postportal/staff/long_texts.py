"""Columns that lists do not load."""

from django.db.models import Model, TextField


def long_text_columns(model: type[Model]) -> list[str]:
    """Return the names of the text columns: no list shows them, and a page of rows may carry megabytes of them."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, TextField)]
