"""What the quick find knows. This package knows no content: apps register their kinds in their module `desk`."""

import datetime as dt
from abc import ABC
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, Q, QuerySet, TextField

from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import LinkedItem, kind_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_WORDS = 8


class QuickSearch(ABC):
    """A kind of row that staff look for by what it is called; `columns` hold its names."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    model: ClassVar[type[Model]]
    name_fields: ClassVar[tuple[str, ...]] = ("title",)
    order: ClassVar[int] = 50

    def matches_name(self, word: str) -> Q:
        """Rows that have `word` in a name; kinds with names elsewhere add to it."""
        found = Q()
        for column in self.name_fields:
            found |= Q(**{f"{column}__icontains": word})
        return found

    def detail(self, row: Any, at: dt.datetime) -> str:
        """What tells rows of the same name apart."""
        return ""

    def matching_rows(self, text: str) -> QuerySet[Any]:
        """Return the rows that have every word of `text` in a name, the newest first."""
        texts = [field.name for field in self.model._meta.concrete_fields if isinstance(field, TextField)]
        found = self.model._default_manager.order_by("-pk").defer(*texts)
        for word in text.split()[:MAX_WORDS]:
            found = found.filter(self.matches_name(word))
        return found

    def to_item(self, row: Any, at: dt.datetime) -> LinkedItem:
        address = change_url(type(row), row.pk)
        return LinkedItem(text=str(row), url=address, kind=kind_name(row), detail=self.detail(row, at))


_searches: dict[str, QuickSearch] = {}


def register_quick_search(findable: type[QuickSearch]) -> type[QuickSearch]:
    """Class decorator: rows of this kind are found by those who may look at them."""
    _searches[findable.name] = findable()
    return findable


def quick_searches_for(user: Any) -> list[QuickSearch]:
    ordered = sorted(_searches.values(), key=lambda kind: (kind.order, kind.name))
    return [kind for kind in ordered if viewable_models(user, [kind.model])]


def search_by_name(text: str, *, user: Any, at: dt.datetime, limit: int) -> list[tuple[QuickSearch, list[LinkedItem]]]:
    """The first `limit` of each kind, those whose name begins with the text before the others: one query a kind."""
    groups = []
    for kind in quick_searches_for(user) if text.strip() else []:
        entries = [kind.to_item(row, at) for row in kind.matching_rows(text)[:limit]]
        entries.sort(key=lambda entry: not entry.text.casefold().startswith(text.casefold()))
        if entries:
            groups.append((kind, entries))
    return groups
