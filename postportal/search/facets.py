"""Registry of facets, by which results can be filtered in addition to type, year and language. Apps register theirs in
their `search` module."""

import datetime as dt
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from postportal.text.folding import fold_name
from postportal.text.name_search import has_word
from postportal.web.languages import localized_column

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Choice(NamedTuple):
    """A value of a facet: its key in the index, its slug in URLs and its label for readers."""

    pk: int
    slug: str
    label: str


class Facet(ABC):
    """Rows by which results can be filtered: sections, tags, people."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 10
    # The folded columns that, like the slug, match a typed filter such as `section:"Postman Story"`.
    name_columns: ClassVar[tuple[str, ...]] = ("folded_name", "folded_name_zh")
    has_chinese_name: ClassVar[bool] = True
    # The names of its values are among the indexed texts of the rows that have them.
    is_in_texts: ClassVar[bool] = False

    @abstractmethod
    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that readers may see at the time `at`."""

    def with_word(self, word: str, *, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that have this word in a name, public or not."""
        model = self.rows(at).model
        rows: QuerySet[Any] = model._default_manager.filter(has_word(model, word, fields=self.name_columns))
        return rows

    def choices(self, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
        """Return facet, pk, slug and label of the rows, in a form that can be united with those of other facets."""
        label = localized_column("name") if self.has_chinese_name else F("name")
        choices: QuerySet[Any, Any] = (
            rows.order_by()
            .annotate(
                facet=Value(self.name, CharField()),
                facet_pk=F("pk"),
                facet_slug=F("slug"),
                facet_label=Cast(label, TextField()),
            )
            .values_list("facet", "facet_pk", "facet_slug", "facet_label")
        )
        return choices

    def completions(self, text: str, *, at: dt.datetime, language: str, limit: int) -> list[tuple[str, str]]:
        """Return name and URL of the values to suggest while somebody types `text`. By default none, for facets whose
        values have no page or are suggested as results."""
        return []

    def match_names(self, texts: Collection[str]) -> Q:
        """Return a condition for rows with one of these slugs or names."""
        found = Q(slug__in=texts)
        folded = [name for name in map(fold_name, texts) if name]
        for column in self.name_columns:
            found |= Q(**{f"{column}__in": folded})
        return found


def choices_by_pk(values: Mapping[str, Collection[int]], *, at: dt.datetime) -> dict[str, dict[int, Choice]]:
    """Return the choices with these keys for each facet, with one query. Values that are not public are left out."""
    return _load_choices({name: facets()[name].rows(at).filter(pk__in=pks) for name, pks in values.items() if pks})


def choices_by_name(texts: Mapping[str, Collection[str]], *, at: dt.datetime) -> dict[str, dict[int, Choice]]:
    """Return the choices with these slugs or names for each facet, with one query."""
    known = {name: names for name, names in texts.items() if names and name in facets()}
    return _load_choices(
        {name: facets()[name].rows(at).filter(facets()[name].match_names(names)) for name, names in known.items()}
    )


def _load_choices(rows: Mapping[str, QuerySet[Any]]) -> dict[str, dict[int, Choice]]:
    found: dict[str, dict[int, Choice]] = defaultdict(dict)
    queries = [facets()[name].choices(rows_of_facet) for name, rows_of_facet in rows.items()]
    for name, pk, slug, label in queries[0].union(*queries[1:], all=True) if queries else ():
        found[name][pk] = Choice(pk, slug, label)
    return found


_facets: dict[str, Facet] = {}


def register_facet(facet: type[Facet]) -> type[Facet]:
    """Let readers filter results by this facet. A class decorator."""
    _facets[facet.name] = facet()
    return facet


def facets() -> dict[str, Facet]:
    """Return the registered facets by name, in the order of the filter panel."""
    return dict(sorted(_facets.items(), key=lambda item: (item[1].order, item[0])))
