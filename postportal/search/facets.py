"""What results can be narrowed by, beside their type, year and language. Apps declare their facets in their `search`
module."""

import datetime as dt
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from postportal.search.kinds import localized_column

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Choice(NamedTuple):
    """A value of a facet: the number the index knows it by, what it is called in addresses and for readers."""

    pk: int
    slug: str
    label: str


class Facet(ABC):
    """The rows by which results can be narrowed: sections, tags, people."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 10
    # The fields a row can be asked for by, beside its slug: `section:"Postman Story"`.
    name_fields: ClassVar[tuple[str, ...]] = ("name", "name_zh")
    has_chinese_name: ClassVar[bool] = True

    @abstractmethod
    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that readers may know of at the moment `at`."""

    def choices(self, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
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
        """Return name and address of what to offer to somebody who types this: nothing where values have no page."""
        return []

    def match_names(self, texts: Collection[str]) -> Q:
        """Rows that go by one of these slugs or names."""
        found = Q(slug__in=texts)
        for text in texts:
            for name in self.name_fields:
                found |= Q(**{f"{name}__iexact": text})
        return found


def choices_by_pk(values: Mapping[str, Collection[int]], *, at: dt.datetime) -> dict[str, dict[int, Choice]]:
    """The choices with these numbers, in one query. What readers may not know of is missing."""
    return _load_choices({name: facets()[name].rows(at).filter(pk__in=pks) for name, pks in values.items() if pks})


def choices_by_name(texts: Mapping[str, Collection[str]], *, at: dt.datetime) -> dict[str, dict[int, Choice]]:
    """The choices that go by these slugs or names, in one query."""
    wanted = {name: found for name, found in texts.items() if found and name in facets()}
    return _load_choices(
        {name: facets()[name].rows(at).filter(facets()[name].match_names(found)) for name, found in wanted.items()}
    )


def _load_choices(rows: Mapping[str, QuerySet[Any]]) -> dict[str, dict[int, Choice]]:
    found: dict[str, dict[int, Choice]] = defaultdict(dict)
    arms = [facets()[name].choices(of) for name, of in rows.items()]
    for name, pk, slug, label in arms[0].union(*arms[1:], all=True) if arms else ():
        found[name][pk] = Choice(pk, slug, label)
    return found


_facets: dict[str, Facet] = {}


def register_facet(facet: type[Facet]) -> type[Facet]:
    """Class decorator: results can be narrowed by this from now on."""
    _facets[facet.name] = facet()
    return facet


def facets() -> dict[str, Facet]:
    """Every facet by its name, in the order readers see them."""
    return dict(sorted(_facets.items(), key=lambda item: (item[1].order, item[0])))
