"""What readers may not see at a moment, of all kinds, in one query."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, Value

from postportal.search.kinds import kinds

# Stands for the moment of the search in the statement that is kept.
_MOMENT = dt.datetime(1000, 1, 1, tzinfo=dt.UTC)


def hidden_rows(at: dt.datetime) -> dict[str, list[int]]:
    """The keys of the rows of each kind that are not public at the moment `at`; a key may come twice."""
    sql, parameters = _statement(connection.vendor, tuple(kinds()))
    here, moment = (connection.ops.adapt_datetimefield_value(each) for each in (_MOMENT, at))
    found: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, [moment if each == here else each for each in parameters])
        for name, pk in cursor.fetchall():
            found[name].append(pk)
    return found


@cache
def _statement(vendor: str, names: Sequence[str]) -> tuple[str, tuple[Any, ...]]:
    """Every search asks this, and only the moment differs: putting the statement together takes several times longer
    than answering it."""
    arms: list[QuerySet[Any, Any]] = [
        rows.order_by().values_list(Value(name, CharField()), "pk")
        for name in names
        for rows in kinds()[name].hidden(_MOMENT)
    ]
    sql, parameters = arms[0].union(*arms[1:], all=True).query.sql_with_params()
    return sql, tuple(parameters)
