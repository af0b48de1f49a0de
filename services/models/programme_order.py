"""The order of the stamp programme: by year, date of issue and serial number; what is not known comes after what is."""

from typing import Any

from django.db.models import F, Model, Q
from django.db.models.expressions import OrderBy

SORT_FIELDS = ("year", "issued_on", "number", "pk")


def ascending_order() -> list[OrderBy]:
    return [F(name).asc(nulls_last=None if name == "pk" else True) for name in SORT_FIELDS]


def descending_order() -> list[OrderBy]:
    return [F(name).desc(nulls_first=None if name == "pk" else True) for name in SORT_FIELDS]


def programme_sort_key(row: Model) -> tuple[Any, ...]:
    """Rows sorted by this are in ascending order."""
    return tuple((value is None, value) for value in (getattr(row, name) for name in SORT_FIELDS))


def comes_after(row: Model) -> Q:
    """The condition for what comes after `row`."""
    return _is_beyond(row, is_after=True)


def comes_before(row: Model) -> Q:
    return _is_beyond(row, is_after=False)


def _is_beyond(row: Model, *, is_after: bool) -> Q:
    """One field decides where all before it are the same."""
    beside, same = Q(), Q()
    for name in SORT_FIELDS:
        value = getattr(row, name)
        unknown = Q(**{f"{name}__isnull": True})
        if value is not None:
            beside |= same & (Q(**{f"{name}__gt": value}) | unknown if is_after else Q(**{f"{name}__lt": value}))
        elif not is_after:
            beside |= same & ~unknown
        same &= unknown if value is None else Q(**{name: value})
    return beside
