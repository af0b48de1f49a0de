"""What can be found. This package knows no content: apps declare their kinds in their `search` module."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import CharField, DateField, DateTimeField, F, Field, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Every kind gives the same columns, so that one query reads rows of all kinds.
COLUMNS: "dict[str, Field[Any, Any]]" = {
    "title": TextField(),
    "lead": TextField(),
    "body": TextField(),
    "note": TextField(),
    "slug": TextField(),
    "language": CharField(),
    "external_id": CharField(),
    "date": DateField(),
    "published": DateTimeField(),
    "image": IntegerField(),
}


@dataclass
class Hit:
    """One line of the results."""

    kind: "Kind"
    pk: int
    title: str
    address: str
    snippet: SafeString = field(default_factory=SafeString)
    notes: list[str] = field(default_factory=list)
    language: str = ""
    external_id: str | None = None
    date: dt.date | None = None
    published: dt.datetime | None = None
    image_id: int | None = None
    image: Any = None


class Kind(ABC):
    """One kind of row that readers can find.

    `titles` and `texts` are the columns looked into; `columns()` says what stands in the line of a result, by the names
    in COLUMNS."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    label_of_one: ClassVar["StrPromise | str"]
    order: ClassVar[int] = 10
    titles: ClassVar[tuple[str, ...]] = ("title",)
    texts: ClassVar[tuple[str, ...]] = ()
    # A part of the name is enough to stand before texts with these words in their title.
    is_name: ClassVar[bool] = False
    has_language: ClassVar[bool] = False
    date: ClassVar[str] = ""

    @abstractmethod
    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that are public at the moment `at`."""

    @abstractmethod
    def columns(self) -> dict[str, Any]:
        """Return what stands in the line of a result; what is left out stays empty."""

    @abstractmethod
    def address(self, row: dict[str, Any]) -> str:
        """Return where the row with these columns is shown."""

    def other_names(self, word: str) -> Q:
        """Rows that have `word` in a name kept in another table."""
        return Q()

    def complete(self, hits: Sequence[Hit], *, at: dt.datetime) -> None:  # noqa: B027 - most have nothing to add
        """Add what only this kind knows, with a number of queries that does not depend on the number of hits."""

    def is_called(self, text: str) -> Q:
        """Rows with exactly this title."""
        return _any_of(self.titles, text, lookup="iexact")

    def in_titles(self, word: str) -> Q:
        return _any_of(self.titles, word) | self.other_names(word)

    def anywhere(self, word: str) -> Q:
        return self.in_titles(word) | _any_of(self.texts, word)


def in_active_language(column: str) -> Combinable:
    """The column, or its Chinese twin where that is filled and asked for: `localized()` for the database."""
    if (get_language() or "").startswith("zh"):
        return Coalesce(NullIf(F(f"{column}_zh"), Value("")), F(column), output_field=TextField())
    return F(column)


def nothing(column: str) -> Combinable:
    """An empty value of the right type: PostgreSQL wants to know it where queries are joined."""
    return Cast(Value(None), COLUMNS[column])


def _any_of(columns: Sequence[str], word: str, *, lookup: str = "icontains") -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__{lookup}": word})
    return found


_kinds: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Class decorator: rows of this kind can be found from now on."""
    _kinds[kind.name] = kind()
    return kind


def kinds() -> dict[str, Kind]:
    """Every kind by its name, in the order readers see them."""
    return dict(sorted(_kinds.items(), key=lambda item: (item[1].order, item[0])))
