"""Parameters and responses of the search in the read API."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from ninja import Schema
from pydantic import Field, ValidationInfo, field_validator

from postportal.api.parameters import TEXT_PATTERN, QueryParameters
from postportal.search.forms import MAX_VALUES
from postportal.search.kinds import Hit, kinds
from postportal.search.query import Query, normalize_text, parse
from postportal.search.results import Order
from postportal.web.date_ranges import HISTORICAL_DAYS

MAX_PAGE = 100_000
MAX_PAGE_SIZE = 100
FACETS = ("section", "tag", "person", "organization", "source")

if TYPE_CHECKING:
    KindName = str
    Language = str
else:
    KindName = Enum("KindName", {name: name for name in kinds()}, type=str)
    Language = Enum("Language", {code: code for code, _name in settings.LANGUAGES}, type=str)


# A text without control characters, which the middleware has refused.
Text = Annotated[str, Field(json_schema_extra={"pattern": TEXT_PATTERN})]
Year = Annotated[int, Field(ge=HISTORICAL_DAYS.years[0], le=HISTORICAL_DAYS.years[-1])]


def values(description: str, *, example: list[Any]) -> Any:
    """Return a parameter that may be repeated."""
    return Field(
        default_factory=list,
        max_length=MAX_VALUES,
        description=f"{description} May be repeated.",
        json_schema_extra={"example": example},
    )


class Parameters(QueryParameters):
    q: Text = Field(
        "",
        description="Words, phrases in quotation marks, words to exclude (-word) and filters (year:2021), as on the "
        "search page.",
        json_schema_extra={"example": '"parcel tariff" year:2026'},
    )
    type: list[KindName] = values("Only results of these types.", example=["article"])
    language: Language | None = Field(
        None, description="Only texts in this language.", json_schema_extra={"example": "en"}
    )
    section: list[Text] = values("Only results from these sections (slug or name).", example=["news"])
    tag: list[Text] = values("Only results with one of these topics.", example=["tariffs"])
    person: list[Text] = values("Only results about one of these people.", example=["Mei Lin"])
    organization: list[Text] = values("Only results about one of these organizations.", example=["Post Office"])
    source: list[Text] = values("Only results from these sources.", example=["Press office"])
    year: list[Year] = values("Only results from these years.", example=[2026])
    order: Order = Field(Order.RELEVANCE, description="Order of the results.", json_schema_extra={"example": "newest"})
    page: Annotated[int, Field(ge=1, le=MAX_PAGE)] = Field(
        1, description="Number of the page, starting at 1.", json_schema_extra={"example": 1}
    )
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = Field(
        20, description="Number of results per page.", json_schema_extra={"example": 20}
    )

    @field_validator("language", "order", "page", "page_size", mode="before")
    @classmethod
    def default_for_empty(cls, value: Any, info: ValidationInfo) -> Any:
        """Treat an empty parameter, as in `?q=mail&page=`, as missing: HTML forms send those."""
        return cls.model_fields[info.field_name or ""].default if value == "" else value

    @field_validator("type", *FACETS, "year", mode="before")
    @classmethod
    def without_empty(cls, value: Any) -> Any:
        """Drop empty values, unless there are too many: those are counted as they were sent."""
        is_readable = isinstance(value, list) and len(value) <= MAX_VALUES
        return [name for name in value if name] if is_readable else value

    @property
    def query(self) -> Query:
        """The query, with the other parameters as if they were typed in q: a list needs no words."""
        typed = parse(self.q)
        return replace(typed, filters=tuple(dict.fromkeys([*typed.filters, *self._filters(typed)])))

    @property
    def best_order(self) -> str:
        """The chosen order; without words, there is no relevance to sort by."""
        typed = parse(self.q)
        has_words = typed.terms or typed.phrases
        return Order.NEWEST if self.order == Order.RELEVANCE and not has_words else self.order

    def _filters(self, typed: Query) -> Iterator[tuple[str, str]]:
        yield from (("type", name) for name in kinds() if name in self.type)
        for facet in FACETS:
            yield from ((facet, normalize_text(value)[:200]) for value in getattr(self, facet))
        yield from (("year", str(year)) for year in self.year)
        if self.language and "language" not in dict(typed.filters):
            yield "language", getattr(self.language, "value", self.language)


class Result(Schema):
    type: str = Field(description="Type of the result.")
    id: int = Field(description="ID, unique among results of this type.")
    uri: str = Field(description="ID that never changes (tag: URI), the same as in the feeds.")
    external_id: str | None = Field(description="External ID of an imported article.")
    title: str
    url: str = Field(description="URL of the page.")
    published: dt.datetime | None = Field(description="Time of publication (ISO 8601).")
    snippet: str = Field(description="Matching passage as HTML: escaped, with <mark> around matching words.")


class Results(Schema):
    count: int = Field(description="Number of results on all pages.")
    results: list[Result]


EXAMPLE = {
    "count": 1,
    "results": [
        {
            "type": "article",
            "id": 17,
            "uri": "tag:portal.example,2026-01-01:news.article/17",
            "external_id": None,
            "title": "New parcel tariff",
            "url": "https://portal.example/news/2026-02-09/new-parcel-tariff/",
            "published": "2026-02-09T01:30:00Z",
            "snippet": "The new <mark>parcel</mark> <mark>tariff</mark> applies from March.",
        }
    ],
}


def serialize_result(hit: Hit, *, url: str, uri: str) -> Mapping[str, Any]:
    return {
        "type": hit.kind.name,
        "id": hit.pk,
        "uri": uri,
        "external_id": hit.external_id,
        "title": hit.title,
        "url": url,
        "published": hit.published,
        "snippet": str(hit.snippet),
    }
