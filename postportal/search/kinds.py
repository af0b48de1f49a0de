"""What can be found. This package knows no content: apps declare their kinds in their `search` module."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import CharField, DateField, DateTimeField, F, Field, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from postportal.search.documents import Document, DocumentKey

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Every kind gives the same columns, so that one query reads rows of all kinds.
RESULT_COLUMNS: "dict[str, Field[Any, Any]]" = {
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

    kind: "SearchKind"
    pk: int
    title: str
    url: str
    snippet: SafeString = field(default_factory=SafeString)
    notes: list[str] = field(default_factory=list)
    language: str = ""
    external_id: str | None = None
    date: dt.date | None = None
    published: dt.datetime | None = None
    image_id: int | None = None
    image: Any = None
    # Put on top by editors.
    is_pinned: bool = False


class SearchKind(ABC):
    """One kind of row that readers can find.

    `documents()` says what the index is told of rows, public or not; `rows()` and `hidden()` say which are public;
    `columns()` says what stands in the line of a result, by the names in COLUMNS."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    label_singular: ClassVar["StrPromise | str"]
    model: ClassVar[type[Any]]
    order: ClassVar[int] = 10
    # A row with all words in its name stands before texts with these words in their title.
    is_known_by_name: ClassVar[bool] = False

    @abstractmethod
    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        """Read the texts of those rows that are there, with a number of queries that does not depend on how many."""

    @abstractmethod
    def columns(self) -> dict[str, Any]:
        """Return what stands in the line of a result; what is left out stays empty."""

    @abstractmethod
    def url(self, row: dict[str, Any]) -> str:
        """Return where the row with these columns is shown."""

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that are public at the moment `at`."""
        rows: QuerySet[Any] = self.model.objects.published(at)
        return rows

    def hidden(self, at: dt.datetime) -> Sequence[QuerySet[Any]]:
        """Return the other rows: usually few, where the public ones are many. They may come in parts, and a row in
        several of them."""
        return [self.model.objects.hidden(at)]

    def enrich(  # noqa: B027 - most have nothing to add
        self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime
    ) -> None:
        """Add what only this kind knows to hits for these terms, with a number of queries that does not depend on the
        number of hits."""

    def key(self, pk: int) -> DocumentKey:
        return DocumentKey(self.name, pk)


def localized_column(column: str) -> Combinable:
    """The column, or its Chinese twin where that is filled and asked for: `localized()` for the database."""
    if (get_language() or "").startswith("zh"):
        return Coalesce(NullIf(F(f"{column}_zh"), Value("")), F(column), output_field=TextField())
    return F(column)


def empty_value(column: str) -> Combinable:
    """An empty value of the right type: PostgreSQL wants to know it where queries are joined."""
    return Cast(Value(None), RESULT_COLUMNS[column])


_kinds: dict[str, SearchKind] = {}


def register_kind(kind: type[SearchKind]) -> type[SearchKind]:
    """Class decorator: rows of this kind can be found from now on."""
    _kinds[kind.name] = kind()
    return kind


def kinds() -> dict[str, SearchKind]:
    """Every kind by its name, in the order readers see them."""
    return dict(sorted(_kinds.items(), key=lambda item: (item[1].order, item[0])))
