"""Work queues on the dashboard: each is a count that opens as a list. This package knows no content: apps register
their queues in their module `dashboard`."""

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

# Nobody reads a longer list of work; the count still gives its full length.
MAX_ITEMS = 200


@dataclass(frozen=True)
class LinkedItem:
    """One line of a list: the text, and the URL of the form to open. `at` is shown as the time or date of the line. A
    line with a `dismiss_url` has a button that posts to it, for what is a proposal only."""

    text: str
    url: str
    kind: str = ""
    detail: str = ""
    at: dt.datetime | dt.date | None = None
    dismiss_url: str = ""


class WorkQueue(ABC):
    """A kind of work that may need somebody's attention. `action_label` names the link on each line."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    hint: ClassVar["StrPromise | str"]
    action_label: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 50

    @abstractmethod
    def is_visible_to(self, user: Any) -> bool:
        """Return True if the user may view what the queue counts."""

    @abstractmethod
    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        """Return the first lines of the list. The number of queries must not depend on the number of lines."""

    @property
    def url(self) -> str:
        return reverse("admin:work_queue", args=[self.name])


class QuerySetQueue(WorkQueue):
    """A queue that the database counts. Counting all of them takes one query."""

    def is_visible_to(self, user: Any) -> bool:
        return bool(viewable_models(user, self.models()))

    @abstractmethod
    def models(self) -> Iterable[type[Model]]:
        """Return the models of the rows it can hold."""

    @abstractmethod
    def querysets(self, user: Any, at: dt.datetime) -> list[QuerySet[Any]]:
        """Return the rows that need the user's attention, one QuerySet for each model."""

    def items(self, user: Any, at: dt.datetime) -> list[LinkedItem]:
        return [self.to_item(row) for rows in self.querysets(user, at) for row in rows[:MAX_ITEMS]][:MAX_ITEMS]

    def to_item(self, row: Any) -> LinkedItem:
        return LinkedItem(text=str(row), url=change_url(row), kind=kind_name(row))


class ComputedQueue(WorkQueue):
    """A queue that cannot be counted by the database alone."""

    @abstractmethod
    def count(self, user: Any, at: dt.datetime) -> int:
        """Return the number of items, without querying the database every time."""


_queues: dict[str, WorkQueue] = {}


def register_work_queue(queue_class: type[WorkQueue]) -> type[WorkQueue]:
    """Show the queue on the dashboard of every user who may see it. A class decorator."""
    _queues[queue_class.name] = queue_class()
    return queue_class


def queues_for(user: Any) -> dict[str, WorkQueue]:
    """Return the queues visible to a user by name, in display order."""
    ordered = sorted(_queues.values(), key=lambda queue: (queue.order, queue.name))
    return {queue.name: queue for queue in ordered if queue.is_visible_to(user)}


def queue_counts(queues: Iterable[WorkQueue], user: Any, at: dt.datetime) -> dict[str, int]:
    """Return the number of items in each queue, by name. Queues without items may be missing."""
    querysets = [
        (queue.name, rows) for queue in queues if isinstance(queue, QuerySetQueue) for rows in queue.querysets(user, at)
    ]
    computed = {queue.name: queue.count(user, at) for queue in queues if isinstance(queue, ComputedQueue)}
    return {**count_rows(querysets), **computed}


def count_rows(querysets: list[tuple[str, QuerySet[Any]]]) -> dict[str, int]:
    """Return the number of rows by name, in one query. QuerySets with the same name are added up."""
    queries: list[QuerySet[Any, Any]] = [
        rows.order_by()
        .annotate(counted_as=Value(name))
        .values("counted_as")
        .annotate(counted_rows=Count("pk"))
        .values_list("counted_as", "counted_rows")
        for name, rows in querysets
    ]
    found: dict[str, int] = {}
    if queries:
        for name, count in queries[0].union(*queries[1:], all=True).order_by() if len(queries) > 1 else queries[0]:
            found[name] = found.get(name, 0) + count
    return found


def kind_name(row: Model) -> str:
    """Return the verbose name of the row's model, capitalized."""
    return capfirst(str(row._meta.verbose_name))
