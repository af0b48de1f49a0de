"""What the addresses of this site lead to. Apps register it in their module `desk`; addresses of other views lead
somewhere whatever stands in the database."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

TargetKey = tuple[Any, ...]


@dataclass(frozen=True)
class LinkTarget:
    """The rows behind the addresses of one view: `columns` names, for each part of the address, the column that holds
    it. The part "language" is the language of the address."""

    rows: Callable[[dt.datetime], QuerySet[Any]]
    key_columns: Mapping[str, str]

    def key(self, parts: Mapping[str, Any]) -> TargetKey:
        return tuple(parts.get(name) for name in self.key_columns)

    def existing_keys(self, keys: Sequence[TargetKey], at: dt.datetime) -> set[TargetKey]:
        """Those of the keys that readers find something at, in one query."""
        found = self.rows(at)
        for number, column in enumerate(self.key_columns.values()):
            found = found.filter(**{f"{column}__in": {key[number] for key in keys}})
        return set(keys) & set(found.values_list(*self.key_columns.values()))


_link_targets: dict[str, LinkTarget] = {}


def register_link_target(
    *view_names: str, rows: Callable[[dt.datetime], QuerySet[Any]], columns: Mapping[str, str]
) -> None:
    """Say what the addresses of these views show."""
    for name in view_names:
        _link_targets[name] = LinkTarget(rows, columns)


def get_link_target(view_name: str) -> LinkTarget | None:
    return _link_targets.get(view_name)
