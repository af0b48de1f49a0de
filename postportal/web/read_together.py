"""Short lists of several models, read in one query: a page for readers has at most ten."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Cast

from postportal.web.compiled_query import CompiledQuery

# For each list its rows, unsorted, and the paths of the fields to read.
Parts = dict[str, tuple[QuerySet[Any], Sequence[str]]]
_TYPES: dict[str, type[models.Field]] = {
    "number": models.BigIntegerField,
    "text": models.TextField,
    "date": models.DateField,
}


class ReadTogether:
    """A query of several lists, compiled once per process. `make` returns the lists for values of the types that it
    takes, as for a `CompiledQuery`."""

    def __init__(self, make: Callable[..., Parts], *, takes: Sequence[type]) -> None:
        self._make = make
        # For each list, its fields with their columns.
        self._columns: dict[str, list[tuple[str, str, int]]] = {}
        self._query = CompiledQuery(self._union, takes=takes)

    def read(self, *values: Any) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of each list by the paths of their fields. A boolean is 0 or 1."""
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for name, *cells in self._query.rows(*values):
            found[name].append({path: _read(cells[place], kind) for path, kind, place in self._columns[name]})
        return found

    def _union(self, *values: Any) -> QuerySet[Any, Any]:
        parts = self._make(*values)
        kinds = {name: [_kind_of(rows.model, path) for path in paths] for name, (rows, paths) in parts.items()}
        layout = [kind for kind in _TYPES for _n in range(max(found.count(kind) for found in kinds.values()))]
        first, *others = (self._cells(name, *part, kinds[name], layout) for name, part in parts.items())
        return first.union(*others, all=True).order_by()

    def _cells(
        self, name: str, rows: QuerySet[Any], paths: Sequence[str], kinds: list[str], layout: list[str]
    ) -> QuerySet[Any, Any]:
        free = list(enumerate(layout))
        cells: list[Any] = [Cast(Value(None), _TYPES[kind]()) for kind in layout]
        columns = []
        for path, kind in zip(paths, kinds, strict=True):
            place = next(place for place, other in free if other == kind)
            free.remove((place, kind))
            is_boolean = isinstance(_field_of(rows.model, path), models.BooleanField)
            cells[place] = Cast(path, models.IntegerField()) if is_boolean else F(path)
            columns.append((path, kind, place))
        self._columns[name] = columns
        named = {f"cell_{place}": cell for place, cell in enumerate(cells)}
        part = Value(name, models.TextField())
        found: QuerySet[Any, Any] = rows.order_by().annotate(part=part, **named).values_list("part", *named)
        return found


def fill_prefetched(row: models.Model, relation: str, rows: Iterable[Any]) -> None:
    """Let `row.relation.all()` return these rows, as after `prefetch_related`."""
    found = getattr(row, relation).all()
    found._result_cache, found._prefetch_done = list(rows), True
    vars(row).setdefault("_prefetched_objects_cache", {})[relation] = found


def _field_of(model: Any, path: str) -> Any:
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def _kind_of(model: Any, path: str) -> str:
    field = _field_of(model, path)
    if isinstance(field, models.DateField):
        return "date"
    is_number = isinstance(field, models.IntegerField | models.BooleanField | models.ForeignKey)
    return "number" if is_number else "text"


def _read(value: Any, kind: str) -> Any:
    return dt.date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value
