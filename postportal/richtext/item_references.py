"""References from texts to items with a page of their own, which lead to its current URL.

Nothing is said of an item that readers cannot open: the words of the link stay, which an editor has written."""

import datetime as dt
from collections.abc import Collection
from functools import partial
from typing import Any

from postportal.page_cache.recording import only_rows
from postportal.richtext.references import Reference, Source, register_references
from postportal.staff.long_texts import long_text_columns


def register_item_references(scheme: str, *, model: Any) -> None:
    """Let texts refer to the rows of a model whose QuerySet has the method `reachable`."""
    register_references(Source(model, partial(_find, model)), scheme=scheme)


def _find(model: Any, keys: Collection[int], at: dt.datetime) -> dict[int, Reference]:
    rows = model._default_manager.reachable(at).filter(pk__in=keys).defer(*long_text_columns(model))
    with only_rows(model._meta.label_lower, keys):
        return {row.pk: Reference(row.get_absolute_url()) for row in rows}
