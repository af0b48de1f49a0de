"""Registry of the rows that URLs of this site show, for finding broken links. Apps register their views in their module
`dashboard`; URLs of views that are not registered always work."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

TargetKey = tuple[Any, ...]


@dataclass(frozen=True)
class LinkTarget:
    """Rows shown by the URLs of one view. `key_columns` maps each URL parameter to the column that holds its value. The
    parameter "language" is the language of the URL."""

    rows: Callable[[dt.datetime], QuerySet[Any]]
    key_columns: Mapping[str, str]

    def key(self, url_parameters: Mapping[str, Any]) -> TargetKey:
        return tuple(url_parameters.get(name) for name in self.key_columns)

    def existing_keys(self, keys: Sequence[TargetKey], at: dt.datetime) -> set[TargetKey]:
        """Return those of the keys whose URLs show a row to readers at the time `at`. Takes one query."""
        rows = self.rows(at)
        for index, column in enumerate(self.key_columns.values()):
            rows = rows.filter(**{f"{column}__in": {key[index] for key in keys}})
        return set(keys) & set(rows.values_list(*self.key_columns.values()))


_link_targets: dict[str, LinkTarget] = {}


def register_link_target(
    *view_names: str, rows: Callable[[dt.datetime], QuerySet[Any]], key_columns: Mapping[str, str]
) -> None:
    """Register the rows that the URLs of these views show. `rows` returns those readers can see at a given time."""
    for name in view_names:
        _link_targets[name] = LinkTarget(rows, key_columns)


def get_link_target(view_name: str) -> LinkTarget | None:
    """Return the target registered for a view, or None."""
    return _link_targets.get(view_name)
