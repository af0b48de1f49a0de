"""What waits on the staff home: each box is a count that opens as a list. This package knows no content: apps register
their boxes in their module `desk`."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Count, Model, QuerySet, Value
from django.urls import reverse
from django.utils.text import capfirst

from postportal.staff.permissions import form_address, viewable

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A list of work longer than this is not read; the count still says how long it is.
SHOWN = 200


@dataclass(frozen=True)
class Entry:
    """One line of a list: what it is about, and the form in which it is put right."""

    text: str
    address: str
    kind: str = ""
    detail: str = ""
    moment: dt.datetime | dt.date | None = None


class Box(ABC):
    """Something that can be waiting for somebody. `fix` is what the link at each line does."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    hint: ClassVar["StrPromise | str"]
    fix: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 50

    @abstractmethod
    def is_for(self, user: Any) -> bool:
        """True where the user may look at what the box counts."""

    @abstractmethod
    def entries(self, user: Any, at: dt.datetime) -> list[Entry]:
        """Return the first lines of the list, with a number of queries that does not depend on how many there are."""

    @property
    def address(self) -> str:
        return reverse("admin:box", args=[self.name])


class RowsBox(Box):
    """A box that the database counts. All of them together take one query."""

    def is_for(self, user: Any) -> bool:
        return bool(viewable(user, self.models()))

    @abstractmethod
    def models(self) -> Iterable[type[Model]]:
        """Return the kinds of rows it can hold."""

    @abstractmethod
    def rows(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        """Return what waits for the user, a QuerySet for each kind."""

    def entries(self, user: Any, at: dt.datetime) -> list[Entry]:
        return [self.entry(row) for rows in self.rows(user, at) for row in rows[:SHOWN]][:SHOWN]

    def entry(self, row: Any) -> Entry:
        return Entry(text=str(row), address=form_address(type(row), row.pk), kind=kind_of(row))


class CheckedBox(Box):
    """A box whose count needs more than the database can say."""

    @abstractmethod
    def count(self, user: Any, at: dt.datetime) -> int:
        """Return how many there are, without asking the database each time."""


_boxes: dict[str, Box] = {}


def register(box: type[Box]) -> type[Box]:
    """Class decorator: the box stands on the home of everybody whom it concerns."""
    _boxes[box.name] = box()
    return box


def boxes_for(user: Any) -> dict[str, Box]:
    """The boxes of a user by name, in their order."""
    ordered = sorted(_boxes.values(), key=lambda box: (box.order, box.name))
    return {box.name: box for box in ordered if box.is_for(user)}


def counts(boxes: Iterable[Box], user: Any, at: dt.datetime) -> dict[str, int]:
    """How much waits in each box."""
    parts = [(box.name, rows) for box in boxes if isinstance(box, RowsBox) for rows in box.rows(user, at)]
    checked = {box.name: box.count(user, at) for box in boxes if isinstance(box, CheckedBox)}
    return {**counted(parts), **checked}


def counted(parts: list[tuple[str, QuerySet[Any]]]) -> dict[str, int]:
    """Rows by name, in one query; what has the same name is added up."""
    queries: list[QuerySet[Any, Any]] = [
        rows.order_by()
        .annotate(counted_as=Value(name))
        .values("counted_as")
        .annotate(counted_rows=Count("pk"))
        .values_list("counted_as", "counted_rows")
        for name, rows in parts
    ]
    found: dict[str, int] = {}
    if queries:
        for name, count in queries[0].union(*queries[1:], all=True).order_by() if len(queries) > 1 else queries[0]:
            found[name] = found.get(name, 0) + count
    return found


def kind_of(row: Model) -> str:
    return capfirst(str(row._meta.verbose_name))
