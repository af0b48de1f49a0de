"""Warning about what cleaning has left out of the rich texts of a saved row."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest

from postportal.staff.form_state import form_state


def warn_of_left_out(
    model_admin: Any, request: HttpRequest, row: Model, *, only: Collection[str] | None = None
) -> None:
    """Show a warning that counts what was left out of all rich texts of the row, or of those in the fields called
    `only`, if anything was. A form that is processed in a dry run saves nothing, so nothing is said."""
    if form_state(request).is_dry_run:
        return
    fields = [field for field in row._meta.concrete_fields if hasattr(field, "is_rich_text")]
    texts = [getattr(row, field.attname) for field in fields if only is None or field.name in only]
    # The texts know it themselves: this package must not import postportal.richtext.
    counts = [text.left_out for text in texts if getattr(text, "left_out", None)]
    for other in counts[1:]:
        counts[0] = counts[0].plus(other)
    if counts:
        model_admin.message_user(request, counts[0].sentence(), messages.WARNING)
