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
    """Let `find(text, models=, limit=)` return the keys of rows by model, the newest first."""
    _registered[:] = [find]


def find_rows(text: str, *, models: Collection[Any], limit: int = MAX_ROWS) -> dict[type[Model], list[int]]:
    """Return the keys of the rows of these models that have every word of `text`, public or not, by model."""
    return _registered[0](text, models=models, limit=limit) if _registered and text.strip() else {}
