"""Message about what cleaning has left out of the rich texts of a saved row."""

from django.db.models import Model


def left_out_sentence(row: Model) -> str:
    """Return what was left out of all rich texts of the row as one sentence, and "" if nothing was."""
    texts = [getattr(row, field.attname) for field in row._meta.concrete_fields if hasattr(field, "is_rich_text")]
    # The texts know it themselves: this package must not import postportal.richtext.
    counts = [text.left_out for text in texts if getattr(text, "left_out", None)]
    for other in counts[1:]:
        counts[0] = counts[0].plus(other)
    return str(counts[0].sentence()) if counts else ""
