"""Queries that are compiled to SQL once per process because only the time in them changes.

Django needs several times longer to compile such a query than the database needs to answer it.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Compiling the query for these two times shows which of its parameters are the time.
_SAMPLE_TIME = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)
_OTHER_TIME = dt.datetime(1000, 2, 3, 4, 5, tzinfo=dt.UTC)


class CompiledQuery:
    """A query that depends on a time. `make` returns the queryset for a time; it is called once per process."""

    def __init__(self, make: Callable[[dt.datetime], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._compiled: tuple[str, list[Any], list[int]] | None = None

    def rows(self, at: dt.datetime) -> list[tuple[Any, ...]]:
        """Return the rows at the time `at`, with the values of the database driver. Raise ValueError if the query uses
        something derived from the time, such as its day."""
        if self._compiled is None:
            self._compiled = self._compile()
        sql, sample, time_indexes = self._compiled
        parameters = list(sample)
        for index in time_indexes:
            parameters[index] = _adapt(at)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def _compile(self) -> tuple[str, list[Any], list[int]]:
        """Return the SQL, its parameters, and the indexes of those that are the time."""
        (sql, sample), (_, other) = (self._make(at).query.sql_with_params() for at in (_SAMPLE_TIME, _OTHER_TIME))
        time_indexes = [n for n, pair in enumerate(zip(sample, other, strict=True)) if pair[0] != pair[1]]
        if any((sample[n], other[n]) != (_adapt(_SAMPLE_TIME), _adapt(_OTHER_TIME)) for n in time_indexes):
            raise ValueError("The query contains a value derived from the time.")
        return sql, list(sample), time_indexes


def _adapt(at: dt.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
