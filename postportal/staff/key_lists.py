"""Long lists of primary keys in a query."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.expressions import Func, Value


class KeyList(Func):
    """A subquery with these keys, as one parameter: databases limit the number of parameters, not their length."""

    output_field = BigIntegerField()
    # Django asks this of what stands on the right of `in`.
    contains_aggregate = False
    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, pks: Sequence[int]) -> None:
        super().__init__(Value(json.dumps(list(pks))))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        template = "(SELECT value::bigint FROM jsonb_array_elements_text(%(expressions)s::jsonb) AS keys(value))"
        return self.as_sql(compiler, connection, template=template, **extra)
