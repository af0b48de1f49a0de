"""Rows that several forms edit. An appointment has a form of its own, and is in those of its person and its position: a
save in one of them is in the history of the others, with the name of whoever saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from postportal.publishing.models import Versioned
from postportal.publishing.models.locking import owner_fields
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import record_changes

_Contents = dict[type[Versioned], dict[int, snapshots.Content]]


class SharedRows:
    """The rows that share child rows with an item, as they are before it is saved."""

    def __init__(self, item: Versioned | None) -> None:
        self._before = _contents_of(_rows_beside(item)) if item is not None else {}

    def record(self, item: Versioned | None, *, by: Any) -> None:
        """Record what the save of the item changed in the other rows, also in those that it shares none with now. None
        stands for an item that was deleted."""
        now = _rows_beside(item) if item is not None else ()
        after = _contents_of([*now, *self._rows_of_before()])
        for model, contents in after.items():
            record_changes(model, before=self._before.get(model, {}), after=contents, by=by)

    def _rows_of_before(self) -> Iterator[Versioned]:
        for model, contents in self._before.items():
            yield from model._default_manager.filter(pk__in=contents)


def _contents_of(rows: Iterable[Versioned]) -> _Contents:
    by_model: dict[type[Versioned], dict[int, Versioned]] = defaultdict(dict)
    for row in rows:
        by_model[type(row)][row.pk] = row
    return {model: snapshots.serialize_all(list(found.values())) for model, found in by_model.items()}


def _rows_beside(item: Versioned) -> Iterator[Versioned]:
    """Yield the child rows that have versions of their own, and the other rows that contain the item or these."""
    children = [row for name in item.child_relations for row in _versioned_rows(getattr(item, name))]
    yield from children
    for row in (item, *children):
        owners = (getattr(row, name) for name in owner_fields(type(row)))
        yield from (owner for owner in owners if owner is not None and owner != item)


def _versioned_rows(relation: Any) -> Iterable[Versioned]:
    if not issubclass(relation.model, Versioned):
        return []
    rows: Iterable[Versioned] = relation.select_related(*owner_fields(relation.model)).order_by("pk")
    return rows
