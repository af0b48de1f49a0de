"""Queries by primary keys, of which nearly all are for a single one: that of the row that was just saved."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from postportal.web.compiled_query import CompiledQuery


class KeyedQuery:
    """A query for the rows of some primary keys. For a single key it is compiled once per process.

    `make` returns the queryset for a collection of keys, and for values of the types in `takes` after it. As in a
    CompiledQuery, each value must be in the query as it is."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *, takes: Sequence[type] = ()) -> None:
        self._make = make
        self._for_one = CompiledQuery(lambda pk, *values: make([pk], *values), takes=(int, *takes))

    def objects(self, pks: Collection[int], *values: Any) -> list[Any]:
        """Return the rows as the queryset does."""
        if len(pks) == 1:
            return self._for_one.objects(*pks, *values)
        return list(self._make(pks, *values))
