"""The search through all words of rows, for the lists and the quick search. This package knows no index: the search app
registers what finds rows."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Model

# A word in more rows than that tells nothing; the newest are found.
MAX_ROWS = 50_000

FindRows = Callable[..., dict[type[Model], list[int]]]
_registered: list[FindRows] = []


def register(find: FindRows) -> None:
    """Let `find(text, models=, limit=, with_parts=)` return the keys of rows by model, the newest first."""
    _registered[:] = [find]


def find_rows(
    text: str, *, models: Collection[Any], limit: int = MAX_ROWS, with_parts: bool = False
) -> dict[type[Model], list[int]]:
    """Return the keys of the rows of these models that have every word of `text`, public or not, by model. `with_parts`
    also finds parts of the words of titles."""
    if not _registered or not text.strip():
        return {}
    return _registered[0](text, models=models, limit=limit, with_parts=with_parts)
