"""Queries that are compiled to SQL once per process because only a few values in them change, such as the time.

Django needs several times longer to compile such a query than the database needs to answer it.
"""

import copy
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import connection, connections
from django.db.models import QuerySet

# Compiling the query for two values of each parameter shows where in the SQL it is. No two parameters share a value.
_SAMPLES: dict[type, Callable[[int], tuple[Any, Any]]] = {
    dt.datetime: lambda n: (
        dt.datetime(1000 + n, 2, 3, 4, 5, tzinfo=dt.UTC),
        dt.datetime(1100 + n, 2, 3, tzinfo=dt.UTC),
    ),
    dt.date: lambda n: (dt.date(1000 + n, 2, 3), dt.date(1100 + n, 2, 3)),
    str: lambda n: (f"first sample {n}", f"second sample {n}"),
    int: lambda n: (1_000_001 + n, 2_000_001 + n),
}


class _Compiled(NamedTuple):
    # For one sample, with the columns and the models that its rows become.
    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    sample: Sequence[Any]
    # Of the columns, from what the database driver returns.
    converters: Any
    # Index of a value in the SQL, index of the argument that it comes from.
    places: list[tuple[int, int]]


class CompiledQuery:
    """A query that depends on values of these types, by default on a time. `make` returns the queryset for them; it is
    called twice per process. Each value must be in the query as it is: ValueError if something is derived from it, such
    as its day, or if the SQL itself depends on it."""

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *, takes: Sequence[type] = (dt.datetime,)) -> None:
        self._make = make
        self._types = takes
        self._compiled: _Compiled | None = None

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows for these values, with the values of the database driver."""
        compiled = self._load()
        with connections[compiled.queryset.db].cursor() as cursor:
            cursor.execute(compiled.sql, self._parameters(compiled, values))
            return list(cursor.fetchall())

    def objects(self, *values: Any) -> list[Any]:
        """Return the rows for these values as the queryset does: as objects, with what `select_related` loads."""
        compiled = self._load()
        compiler = copy.copy(compiled.compiler)
        answer = (compiled.sql, self._parameters(compiled, values))
        compiler.as_sql = lambda *args, **kwargs: answer
        compiler.get_converters = lambda *args, **kwargs: compiled.converters
        rows = compiled.queryset.all()
        compiler.connection = connections[rows.db]
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(rows)

    def _parameters(self, compiled: _Compiled, values: tuple[Any, ...]) -> list[Any]:
        adapted = [_adapt(value) for value in values]
        parameters = list(compiled.sample)
        for place, argument in compiled.places:
            value = adapted[argument]
            # PostgreSQL's driver has types for integers of each size.
            parameters[place] = type(parameters[place])(value) if isinstance(value, int) else value
        return parameters

    def _load(self) -> _Compiled:
        if self._compiled is None:
            self._compiled = self._compile()
        return self._compiled

    def _compile(self) -> _Compiled:
        samples = [_SAMPLES[kind](n) for n, kind in enumerate(self._types)]
        queryset, other_queryset = (self._make(*(pair[n] for pair in samples)) for n in (0, 1))
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise ValueError("The query prefetches rows, which would be those for a sample.")
        compiler = queryset.query.get_compiler(connection=connection)
        sql, sample = compiler.as_sql()
        other_sql, other_sample = other_queryset.query.sql_with_params()
        if sql != other_sql:
            raise ValueError("The SQL of the query depends on a value.")
        pairs = [(_adapt(first), _adapt(second)) for first, second in samples]
        places = []
        for place, pair in enumerate(zip(sample, other_sample, strict=True)):
            if pair in pairs:
                places.append((place, pairs.index(pair)))
            elif pair[0] != pair[1]:
                raise ValueError("The query contains a value derived from a parameter.")
        converters = compiler.get_converters(column for column, _sql, _alias in compiler.select[: compiler.col_count])
        return _Compiled(queryset, compiler, sql, sample, converters, places)


def _adapt(value: Any) -> Any:
    """Return the value as it is in the parameters of a query."""
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
