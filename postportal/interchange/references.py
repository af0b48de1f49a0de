"""References between rows in files: by slug or name, never by the primary key, which each installation counts anew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import models

Model = type[models.Model]
_fields: dict[Model, tuple[str, ...]] = {}
SEPARATOR = "/"
# SQLite limits the variables of a statement.
BATCH = 500


def register_reference(model: Model, fields: tuple[str, ...]) -> None:
    """Let files name the rows of the model by these columns, joined by slashes."""
    _fields[model] = fields


class References:
    """The texts by which rows are named, and their keys, loaded for many rows at once."""

    def __init__(self) -> None:
        self._texts: dict[Model, dict[int, str]] = defaultdict(dict)
        self._keys: dict[Model, dict[str, int]] = defaultdict(dict)

    def text(self, model: Model, pk: int | None) -> str | None:
        """Return the text that names the row; None where there is none."""
        return self._texts[model].get(pk) if pk is not None else None

    def key(self, model: Model, text: str) -> int | None:
        return self._keys[model].get(text)

    def load_texts(self, model: Model, pks: Iterable[int]) -> None:
        """Load the texts of rows that are not known yet. Takes one query for a few hundred."""
        for batch in _batches(set(pks) - self._texts[model].keys()):
            self._add(model, model._default_manager.filter(pk__in=batch))

    def load_keys(self, model: Model, texts: Iterable[str]) -> None:
        """Load the keys of rows named in a file. Those that do not exist have none."""
        for batch in _batches(set(texts) - self._keys[model].keys()):
            found: dict[str, list[str]] = {}
            # The last column may contain a slash, those before it are slugs.
            parts = [text.split(SEPARATOR, maxsplit=len(_fields[model]) - 1) for text in batch]
            for place, name in enumerate(_fields[model]):
                found[f"{name}__in"] = [part[place] for part in parts if len(part) > place]
            self._add(model, model._default_manager.filter(**found))

    def _add(self, model: Model, rows: models.QuerySet) -> None:
        for pk, *values in rows.order_by().values_list("pk", *_fields[model]):
            text = SEPARATOR.join(map(str, values))
            self._texts[model][pk] = text
            self._keys[model][text] = pk


def _batches(values: set) -> Iterator[list]:
    rest = iter(sorted(values))
    while batch := list(islice(rest, BATCH)):
        yield batch
