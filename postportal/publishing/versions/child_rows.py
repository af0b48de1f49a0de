"""Child rows in versions: matched between two of them, and checked without the rows they referred to."""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from postportal.publishing.models import Versioned
from postportal.publishing.versions.snapshots import Content, fill_row

RowPair = tuple[Content | None, Content | None]


def match_rows(model: type[models.Model], parent: str, old: list[Content], new: list[Content]) -> list[RowPair]:
    """Return pairs of old and new rows; added and removed rows are paired with None. Rows are matched by key, then by
    equal values. A row with a provisional key is also matched by its unique fields."""
    pairs, old, new = _match_by(lambda row: row["pk"], old, new)
    more, old, new = _match_by(lambda row: repr(sorted(_without_keys(row, parent).items())), old, new)
    pairs += more
    for names in _unique_fields(model, parent):
        more, _old, _new = _match_by(_values_key(names), old, new)
        more = [(before, after) for before, after in more if before["pk"] < 0 or after["pk"] < 0]  # type: ignore[index]
        pairs += more
        old = [row for row in old if all(row is not pair[0] for pair in more)]
        new = [row for row in new if all(row is not pair[1] for pair in more)]
    return [*pairs, *((row, None) for row in old), *((None, row) for row in new)]


def is_valid_alone(values: Content, model: type[models.Model], *, parent: str, item: Versioned) -> bool:
    """Return True if the row is valid without the deleted rows it refers to."""
    row = model()
    fill_row(row, values, parent=parent, item=item)
    try:
        row.clean_fields(exclude={parent})
        row.validate_constraints(exclude={parent})
    except ValidationError:
        return False
    return True


def _match_by(
    key: Callable[[Content], Hashable], old: list[Content], new: list[Content]
) -> tuple[list[RowPair], list[Content], list[Content]]:
    """Return the pairs with the same key, and the rest of both sides. Rows with the key None are not matched."""
    candidates = {key(row): row for row in new if key(row) is not None}
    pairs: list[RowPair] = []
    left = []
    for row in old:
        other = candidates.pop(key(row), None) if key(row) is not None else None
        if other is None:
            left.append(row)
        else:
            pairs.append((row, other))
    taken = {id(pair[1]) for pair in pairs}
    return pairs, left, [row for row in new if id(row) not in taken]


def _values_key(names: tuple[str, ...]) -> Callable[[Content], Hashable]:
    def values(row: Content) -> Hashable:
        found = tuple(row.get(name) for name in names)
        return None if None in found else found

    return values


def _unique_fields(model: type[models.Model], parent: str) -> list[tuple[str, ...]]:
    return [
        tuple(name for name in constraint.fields if name != parent)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and parent in constraint.fields and not constraint.condition
    ]


def _without_keys(row: Content, parent: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("pk", parent)}


def ordering_fields(model: type[models.Model]) -> set[str]:
    """Return the integer columns that only hold the position of a row among the others."""
    names = {str(name).removeprefix("-") for name in model._meta.ordering or ()}
    return {
        field.name
        for field in model._meta.concrete_fields
        if field.name in names and isinstance(field, models.IntegerField) and not field.primary_key
    }
