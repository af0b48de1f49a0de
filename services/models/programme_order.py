"""Order of the stamp programme: by year, date of issue and serial number, unknown values last. Where no date is
known, the numbers of each series are in their order."""

from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

SORT_FIELDS = ("year", "issued_on", "series", "number", "pk")


def ascending_order() -> list[OrderBy]:
    return [F(name).asc(nulls_last=None if name == "pk" else True) for name in SORT_FIELDS]


def descending_order() -> list[OrderBy]:
    return [F(name).desc(nulls_first=None if name == "pk" else True) for name in SORT_FIELDS]


def programme_sort_key(row: Model) -> tuple[Any, ...]:
    """Return a sort key that orders loaded rows like `ascending_order`."""
    return tuple((value is None, value) for value in (getattr(row, name) for name in SORT_FIELDS))


def neighbours(rows: QuerySet[Any], row: Model) -> dict[str, Any]:
    """Return the rows just before and after `row` as "previous_issue" and "next_issue", if there are any."""
    previous = rows.filter(comes_before(row)).order_by(*descending_order()).values("pk")[:1]
    following = rows.filter(comes_after(row)).order_by(*ascending_order()).values("pk")[:1]
    place = programme_sort_key(row)
    found = rows.filter(Q(pk__in=previous) | Q(pk__in=following))
    return {"next_issue" if programme_sort_key(each) > place else "previous_issue": each for each in found}


def comes_after(row: Model) -> Q:
    """Return the condition for rows after `row` in the programme."""
    return _is_beyond(row, is_after=True)


def comes_before(row: Model) -> Q:
    return _is_beyond(row, is_after=False)


def _is_beyond(row: Model, *, is_after: bool) -> Q:
    """Compare field by field: a field decides if all fields before it are equal."""
    beyond, same = Q(), Q()
    for name in SORT_FIELDS:
        value = getattr(row, name)
        unknown = Q(**{f"{name}__isnull": True})
        if value is not None:
            beyond |= same & (Q(**{f"{name}__gt": value}) | unknown if is_after else Q(**{f"{name}__lt": value}))
        elif not is_after:
            beyond |= same & ~unknown
        same &= unknown if value is None else Q(**{name: value})
    return beyond
