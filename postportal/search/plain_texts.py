"""Plain text of rich texts that show other rows, after those have changed."""

from typing import Any

from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.plain_text import plain_text
from postportal.richtext.usage import find_rows_containing
from postportal.search.index import reindex


def update_plain_texts(pieces: list[str]) -> None:
    """Bring the plain text of the texts with one of these pieces of HTML up to date, also in the search."""
    for rows in find_rows_containing(pieces):
        names = [name for name in rich_text_fields(rows.model) if hasattr(rows.model, f"{name}_text")]
        changed = [row.pk for row in rows if names and _update(row, names)]
        if changed:
            reindex(rows.model._meta.label_lower, changed)


def _update(row: Any, names: list[str]) -> bool:
    """Store the plain text of these columns. It is derived: the row keeps its version. Return True if it differs."""
    texts = {f"{name}_text": plain_text(getattr(row, name)) for name in names}
    if all(getattr(row, name) == text for name, text in texts.items()):
        return False
    type(row)._default_manager.filter(pk=row.pk).update(**texts)
    return True
