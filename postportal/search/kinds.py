"""Registry of searchable kinds of rows. Apps register theirs in their `search` module."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import CharField, DateField, DateTimeField, Field, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from postportal.search.documents import Document, DocumentKey

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# All kinds have the same columns, so that one query loads rows of all kinds.
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
    """One search result."""

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
    # Pinned to the top by editors.
    is_pinned: bool = False


class SearchKind(ABC):
    """One kind of row that readers can find.

    `documents()` returns what to index of rows, public or not; `rows()` and `hidden()` decide which are public;
    `columns()` returns the contents of a result, by the names in RESULT_COLUMNS."""

    name: ClassVar[str]
    label: ClassVar["StrPromise | str"]
    label_singular: ClassVar["StrPromise | str"]
    model: ClassVar[type[Any]]
    order: ClassVar[int] = 10
    # Rank a row with all words of the query in its name above texts with them in their title.
    is_known_by_name: ClassVar[bool] = False
    # Count its rows when the frequency of a word is measured. Words that pages collect to be found by are not.
    has_word_statistics: ClassVar[bool] = True
    # What readers call rows of this kind, in all languages. In a query, these words stand for the kind.
    words: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        """Yield the documents of the rows that exist, with a constant number of queries."""

    @abstractmethod
    def columns(self) -> dict[str, Any]:
        """Return expressions for the columns of a result. Missing columns are empty."""

    @abstractmethod
    def url(self, row: dict[str, Any]) -> str:
        """Return the URL of the row with these columns."""

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        """Return the rows that are public at the time `at`."""
        rows: QuerySet[Any] = self.model.objects.published(at)
        return rows

    def hidden(self, at: dt.datetime) -> Sequence[QuerySet[Any]]:
        """Return the rows that are not public at the time `at`, usually few. They may be split into several querysets,
        and a row may be in more than one."""
        return [self.model.objects.hidden(at)]

    def enrich(  # noqa: B027 - most kinds add nothing
        self, hits: Sequence[Hit], *, terms: Collection[str], at: dt.datetime
    ) -> None:
        """Add details of this kind to hits for these terms, with a constant number of queries."""

    def key(self, pk: int) -> DocumentKey:
        return DocumentKey(self.name, pk)


def empty_value(column: str) -> Combinable:
    """Return NULL with the type of the column, which PostgreSQL needs to unite queries."""
    return Cast(Value(None), RESULT_COLUMNS[column])


_kinds: dict[str, SearchKind] = {}


def register_kind(kind: type[SearchKind]) -> type[SearchKind]:
    """Make rows of this kind searchable. A class decorator."""
    _kinds[kind.name] = kind()
    return kind


def kinds() -> dict[str, SearchKind]:
    """Return the registered kinds by name, in the order of the filter panel."""
    return dict(sorted(_kinds.items(), key=lambda item: (item[1].order, item[0])))
