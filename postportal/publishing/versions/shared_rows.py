"""Rows that several forms edit. An appointment has a form of its own, and is in those of its person and its position: a
save in one of them is in the history of the others, with the name of whoever saved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from postportal.publishing.models import Versioned
from postportal.publishing.models.locking import owner_fields, shared_children
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.revisions import record_changes

_Contents = dict[type[Versioned], dict[int, snapshots.Content]]


def may_change_others(item: Versioned, before: snapshots.Content, *, after: snapshots.Content) -> bool:
    """Return True if this change can be in the history of other rows: if the item is a child row of another one, or if
    child rows with versions of their own differ."""
    shared = (name for name in item.child_relations if issubclass(getattr(item, name).model, Versioned))
    is_child = bool(owner_fields(type(item)))
    return is_child or any(before["parts"].get(name) != after["parts"].get(name) for name in shared)


class SharedRows:
    """The rows that share child rows with items of one model, as they are before these are saved."""

    def __init__(self, *items: Versioned) -> None:
        self._before = _contents_of(_rows_beside(items))

    def record(self, *items: Versioned, by: Any) -> None:
        """Record what the save of these items changed in the other rows, also in those that they share none with now.
        Takes as many queries as for one. An item that was deleted is left out."""
        after = _contents_of([*_rows_beside(items), *self._rows_of_before()])
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


def _rows_beside(items: Sequence[Versioned]) -> Iterator[Versioned]:
    """Yield the child rows that have versions of their own, and the other rows that contain the items or these."""
    children = shared_children(items)
    yield from children
    own = {(type(item), item.pk) for item in items}
    keys: dict[type[Versioned], set[int]] = defaultdict(set)
    for row in (*items, *children):
        for name in owner_fields(type(row)):
            field: Any = row._meta.get_field(name)
            keys[field.related_model].add(getattr(row, field.attname))
    for model, pks in keys.items():
        yield from (row for row in model._default_manager.filter(pk__in=pks) if (model, row.pk) not in own)
