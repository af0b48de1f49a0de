"""What the addresses of this site lead to. Apps register it in their module `desk`; addresses of other views lead
somewhere whatever stands in the database."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Target:
    """The rows behind the addresses of one view: `columns` names, for each part of the address, the column that holds
    it. The part "language" is the language of the address."""

    rows: Callable[[dt.datetime], QuerySet[Any]]
    columns: Mapping[str, str]

    def key(self, parts: Mapping[str, Any]) -> Key:
        return tuple(parts.get(name) for name in self.columns)

    def there(self, keys: Sequence[Key], at: dt.datetime) -> set[Key]:
        """Those of the keys that readers find something at, in one query."""
        found = self.rows(at)
        for number, column in enumerate(self.columns.values()):
            found = found.filter(**{f"{column}__in": {key[number] for key in keys}})
        return set(keys) & set(found.values_list(*self.columns.values()))


_targets: dict[str, Target] = {}


def register(*view_names: str, rows: Callable[[dt.datetime], QuerySet[Any]], columns: Mapping[str, str]) -> None:
    """Say what the addresses of these views show."""
    for name in view_names:
        _targets[name] = Target(rows, columns)


def target_of(view_name: str) -> Target | None:
    return _targets.get(view_name)
