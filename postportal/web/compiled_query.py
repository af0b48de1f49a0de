"""A query that very many pages ask and in which only the moment changes. Django takes several times longer to put such
a statement together than the database to answer it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Two moments by which those places of a statement are found where a moment stands.
_SAMPLE_MOMENT = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)
_OTHER_MOMENT = dt.datetime(1000, 2, 3, 4, 5, tzinfo=dt.UTC)


class CompiledQuery:
    """`make` returns the query for a moment; it is asked for it once in the life of a process."""

    def __init__(self, make: Callable[[dt.datetime], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._compiled: tuple[str, list[Any], list[int]] | None = None

    def rows(self, at: dt.datetime) -> list[tuple[Any, ...]]:
        """The rows at the moment `at`, their values as the driver gives them. Raises ValueError where the query has
        something else of the moment than the moment itself: its day, say."""
        if self._compiled is None:
            self._compiled = self._compile()
        sql, parameters, places = self._compiled
        mine = list(parameters)
        for place in places:
            mine[place] = _adapt(at)
        with connection.cursor() as cursor:
            cursor.execute(sql, mine)
            return list(cursor.fetchall())

    def _compile(self) -> tuple[str, list[Any], list[int]]:
        (sql, one), (_, other) = (
            self._make(moment).query.sql_with_params() for moment in (_SAMPLE_MOMENT, _OTHER_MOMENT)
        )
        places = [n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if any((one[n], other[n]) != (_adapt(_SAMPLE_MOMENT), _adapt(_OTHER_MOMENT)) for n in places):
            raise ValueError("The query does not hold the moment as it is.")
        return sql, list(one), places


def _adapt(moment: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
