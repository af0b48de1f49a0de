"""Keys of rows as requests send them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


def is_row_key(text: str) -> bool:
    """Return True for a whole number that every database takes for a primary key; other text would raise there."""
    return text.isascii() and text.isdigit() and len(text) <= 18


class RowsField(forms.ModelMultipleChoiceField):
    """Choice of several rows. It refuses what cannot be a key in words; the stock field asks the database for it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if isinstance(key, str) and not is_row_key(key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)
