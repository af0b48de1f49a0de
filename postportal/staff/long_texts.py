"""Long texts: columns that lists do not load, and the length that forms accept."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, TextField
from django.utils.translation import gettext as _

# A book of 250 pages. It leaves room for markup and for the other fields in a form of DATA_UPLOAD_MAX_MEMORY_SIZE, even
# where each character takes nine bytes, and for the cleaner, whose time grows with the text.
MAX_TEXT_LENGTH = 500_000


def long_text_columns(model: type[Model]) -> list[str]:
    """Return the names of the text columns: no list shows them, and a page of rows may carry megabytes of them."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, TextField)]


def limit_length(formfield: Any, column: Field) -> None:
    """Let the form field of a text column without a limit refuse what is too long to be cleaned and shown."""
    if formfield is not None and isinstance(column, TextField) and column.max_length is None:
        formfield.validators.append(validate_length)


def validate_length(text: str) -> None:
    """Raise ValidationError if the text is longer than any page."""
    if len(text) > MAX_TEXT_LENGTH:
        values = {"count": f"{len(text):,}", "limit": f"{MAX_TEXT_LENGTH:,}"}
        message = _("This text is too long: it has %(count)s characters. Shorten it to %(limit)s, or split it.")
        raise ValidationError(message % values)
