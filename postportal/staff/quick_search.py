"""Registry of what the quick search of the staff side finds. This package knows no content: apps register their models
in their module `dashboard`."""

import datetime as dt
from abc import ABC
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, Q, QuerySet

from postportal.staff import text_search
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import LinkedItem, kind_name
from postportal.text.folding import fold
from postportal.text.name_search import NamedQuerySet, has_word, typed_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Of all models together, so that one with many matches leaves room for the others.
MAX_TEXT_ROWS = 1000


class QuickSearch(ABC):
    """A model that staff search by name. `name_fields` are the columns with names, where its QuerySet has no rule."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    model: ClassVar[type[Model]]
    name_fields: ClassVar[tuple[str, ...]] = ("folded_title",)
    order: ClassVar[int] = 50

    def matches_name(self, word: str) -> Q:
        """Return the condition for rows with `word` in a name. Models with names in other tables extend it."""
        return has_word(self.model, word, fields=self.name_fields)

    def detail(self, row: Any, at: dt.datetime) -> str:
        """Return a short text that tells rows with the same name apart."""
        return ""

    def matching_rows(self, text: str) -> QuerySet[Any]:
        """Return the rows that have every word of `text` in a name, newest first."""
        rows = self.model._default_manager.order_by("-pk").defer(*long_text_columns(self.model))
        if isinstance(rows, NamedQuerySet):
            return rows.matching(text)
        words = typed_words(text)
        if not words:
            return rows.none()
        for word in words:
            rows = rows.filter(self.matches_name(word))
        return rows

    def rows_with_keys(self, pks: list[int]) -> list[Any]:
        """Return the rows with these keys, in this order."""
        rows = self.model._default_manager.defer(*long_text_columns(self.model)).in_bulk(pks) if pks else {}
        return [rows[pk] for pk in pks if pk in rows]

    def to_item(self, row: Any, at: dt.datetime) -> LinkedItem:
        url = change_url(row)
        return LinkedItem(text=str(row), url=url, kind=kind_name(row), detail=self.detail(row, at))


_searches: dict[str, QuickSearch] = {}


def register_quick_search(search_class: type[QuickSearch]) -> type[QuickSearch]:
    """Include the model in the results of every user who may view it. A class decorator."""
    _searches[search_class.name] = search_class()
    return search_class


def quick_searches_for(user: Any) -> list[QuickSearch]:
    """Return the searches whose model the user may view, in display order."""
    ordered = sorted(_searches.values(), key=lambda search: (search.order, search.name))
    return [search for search in ordered if viewable_models(user, [search.model])]


def search_everything(
    text: str, *, user: Any, at: dt.datetime, limit: int
) -> list[tuple[QuickSearch, list[LinkedItem]]]:
    """Return up to `limit` items for each model with a match: names that begin with `text`, then other names with its
    words, then rows that have them in their texts, newest first.

    Takes at most two queries for each model, and those of the index."""
    groups = []
    searches = quick_searches_for(user) if text.strip() else []
    in_texts = text_search.find_rows(text, models=[search.model for search in searches], limit=MAX_TEXT_ROWS)
    for search in searches:
        rows = list(search.matching_rows(text)[:limit])
        items = [search.to_item(row, at) for row in rows]
        items.sort(key=lambda item: not fold(item.text).startswith(fold(text)))
        known = {row.pk for row in rows}
        pks = [pk for pk in in_texts.get(search.model, ()) if pk not in known][: limit - len(rows)]
        items += [search.to_item(row, at) for row in search.rows_with_keys(pks)]
        if items:
            groups.append((search, items))
    return groups
