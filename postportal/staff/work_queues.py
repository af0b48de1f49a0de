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

from postportal.staff.permissions import change_url, viewable_models

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A list of work longer than this is not read; the count still says how long it is.
MAX_ITEMS = 200


@dataclass(frozen=True)
class LinkedItem:
    """One line of a list: what it is about, and the form in which it is put right."""

    text: str
    url: str
    kind: str = ""
    detail: str = ""
    at: dt.datetime | dt.date | None = None


class WorkQueue(ABC):
    """Something that can be waiting for somebody. `fix` is what the link at each line does."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    hint: ClassVar["StrPromise | str"]
    action_label: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 50

    @abstractmethod
    def is_visible_to(self, user: Any) -> bool:
        """True where the user may look at what the box counts."""

    @abstractmethod
    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        """Return the first lines of the list, with a number of queries that does not depend on how many there are."""

    @property
    def url(self) -> str:
        return reverse("admin:box", args=[self.name])


class QuerySetQueue(WorkQueue):
    """A box that the database counts. All of them together take one query."""

    def is_visible_to(self, user: Any) -> bool:
        return bool(viewable_models(user, self.models()))

    @abstractmethod
    def models(self) -> Iterable[type[Model]]:
        """Return the kinds of rows it can hold."""

    @abstractmethod
    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        """Return what waits for the user, a QuerySet for each kind."""

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        return [self.to_item(row) for rows in self.querysets(user, at) for row in rows[:MAX_ITEMS]][:MAX_ITEMS]

    def to_item(self, row: Any) -> LinkedItem:
        return LinkedItem(text=str(row), url=change_url(type(row), row.pk), kind=kind_name(row))


class ComputedQueue(WorkQueue):
    """A box whose count needs more than the database can say."""

    @abstractmethod
    def count(self, user: Any, at: dt.datetime) -> int:
        """Return how many there are, without asking the database each time."""


_queues: dict[str, WorkQueue] = {}


def register_work_queue(box: type[WorkQueue]) -> type[WorkQueue]:
    """Class decorator: the box stands on the home of everybody whom it concerns."""
    _queues[box.name] = box()
    return box


def queues_for(user: Any) -> dict[str, WorkQueue]:
    """The boxes of a user by name, in their order."""
    ordered = sorted(_queues.values(), key=lambda box: (box.order, box.name))
    return {box.name: box for box in ordered if box.is_visible_to(user)}


def queue_counts(boxes: Iterable[WorkQueue], user: Any, at: dt.datetime) -> dict[str, int]:
    """How much waits in each box."""
    parts = [(box.name, rows) for box in boxes if isinstance(box, QuerySetQueue) for rows in box.querysets(user, at)]
    checked = {box.name: box.count(user, at) for box in boxes if isinstance(box, ComputedQueue)}
    return {**count_rows(parts), **checked}


def count_rows(parts: list[tuple[str, QuerySet[Any]]]) -> dict[str, int]:
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


def kind_name(row: Model) -> str:
    return capfirst(str(row._meta.verbose_name))
