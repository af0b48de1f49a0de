"""The rows of all kinds that readers may not see, in one query."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import CharField, QuerySet, Value

from postportal.search.kinds import kinds
from postportal.web.compiled_query import CompiledQuery


def hidden_rows(at: dt.datetime) -> dict[str, list[int]]:
    """Return the keys, by kind, of the rows that are not public at the time `at`. A key may come twice."""
    found: dict[str, list[int]] = defaultdict(list)
    for name, pk in _hidden_query.rows(at):
        found[name].append(pk)
    return found


def _build_query(at: dt.datetime) -> QuerySet[Any, Any]:
    queries: list[QuerySet[Any, Any]] = [
        rows.order_by().values_list(Value(name, CharField()), "pk")
        for name, kind in kinds().items()
        for rows in kind.hidden(at)
    ]
    return queries[0].union(*queries[1:], all=True)


_hidden_query = CompiledQuery(_build_query)
