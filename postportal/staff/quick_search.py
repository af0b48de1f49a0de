"""What the quick find knows. This package knows no content: apps register their kinds in their module `desk`."""

import datetime as dt
from abc import ABC
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, Q, QuerySet, TextField

from postportal.staff.permissions import form_address, viewable
from postportal.staff.work_queues import Entry, kind_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_WORDS = 8


class Findable(ABC):
    """A kind of row that staff look for by what it is called; `columns` hold its names."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[str, ...]] = ("title",)
    order: ClassVar[int] = 50

    def called(self, word: str) -> Q:
        """Rows that have `word` in a name; kinds with names elsewhere add to it."""
        found = Q()
        for column in self.columns:
            found |= Q(**{f"{column}__icontains": word})
        return found

    def detail(self, row: Any, at: dt.datetime) -> str:
        """What tells rows of the same name apart."""
        return ""

    def rows(self, text: str) -> QuerySet[Any]:
        """Return the rows that have every word of `text` in a name, the newest first."""
        texts = [field.name for field in self.model._meta.concrete_fields if isinstance(field, TextField)]
        found = self.model._default_manager.order_by("-pk").defer(*texts)
        for word in text.split()[:MAX_WORDS]:
            found = found.filter(self.called(word))
        return found

    def entry(self, row: Any, at: dt.datetime) -> Entry:
        address = form_address(type(row), row.pk)
        return Entry(text=str(row), address=address, kind=kind_of(row), detail=self.detail(row, at))


_findables: dict[str, Findable] = {}


def register(findable: type[Findable]) -> type[Findable]:
    """Class decorator: rows of this kind are found by those who may look at them."""
    _findables[findable.name] = findable()
    return findable


def findables_for(user: Any) -> list[Findable]:
    ordered = sorted(_findables.values(), key=lambda kind: (kind.order, kind.name))
    return [kind for kind in ordered if viewable(user, [kind.model])]


def found(text: str, *, user: Any, at: dt.datetime, limit: int) -> list[tuple[Findable, list[Entry]]]:
    """The first `limit` of each kind, those whose name begins with the text before the others: one query a kind."""
    groups = []
    for kind in findables_for(user) if text.strip() else []:
        entries = [kind.entry(row, at) for row in kind.rows(text)[:limit]]
        entries.sort(key=lambda entry: not entry.text.casefold().startswith(text.casefold()))
        if entries:
            groups.append((kind, entries))
    return groups
