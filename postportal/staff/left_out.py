"""Warning about what cleaning has left out of the rich texts of a saved row."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest


def warn_of_left_out(model_admin: Any, request: HttpRequest, row: Model) -> None:
    """Show a warning that counts what was left out of all rich texts of the row, if anything was."""
    texts = [getattr(row, field.attname) for field in row._meta.concrete_fields if hasattr(field, "is_rich_text")]
    # The texts know it themselves: this package must not import postportal.richtext.
    counts = [text.left_out for text in texts if getattr(text, "left_out", None)]
    for other in counts[1:]:
        counts[0] = counts[0].plus(other)
    if counts:
        model_admin.message_user(request, counts[0].sentence(), messages.WARNING)
