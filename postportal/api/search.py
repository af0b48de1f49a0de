"""Parameters and responses of the search in the read API."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings
from ninja import Schema
from pydantic import Field, ValidationInfo, field_validator

from postportal.search.forms import MAX_VALUES
from postportal.search.kinds import Hit, kinds
from postportal.search.query import normalize_text
from postportal.search.results import Order

MAX_PAGE = 100_000
MAX_PAGE_SIZE = 100
FACETS = ("section", "tag", "person", "organization", "source")

if TYPE_CHECKING:
    KindName = str
    Language = str
else:
    KindName = Enum("KindName", {name: name for name in kinds()}, type=str)
    Language = Enum("Language", {code: code for code, _name in settings.LANGUAGES}, type=str)


class Parameters(Schema):
    q: str = Field(
        "",
        description="Words, phrases in quotation marks, words to exclude (-word) and filters (year:2021), as on the "
        "search page.",
    )
    type: list[KindName] = Field(default_factory=list, description="Only results of these types. May be repeated.")
    language: Language | None = Field(None, description="Only texts in this language.")
    section: list[str] = Field(default_factory=list, description="Only results from these sections (slug or name).")
    tag: list[str] = Field(default_factory=list, description="Only results with one of these topics.")
    person: list[str] = Field(default_factory=list, description="Only results about one of these people.")
    organization: list[str] = Field(default_factory=list, description="Only results about one of these organizations.")
    source: list[str] = Field(default_factory=list, description="Only results from these sources.")
    year: list[Annotated[int, Field(ge=1, le=9999)]] = Field(
        default_factory=list, description="Only results from these years."
    )
    order: Order = Field(Order.RELEVANCE, description="Order of the results.")
    page: Annotated[int, Field(ge=1, le=MAX_PAGE)] = Field(1, description="Number of the page, starting at 1.")
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = Field(20, description="Number of results per page.")

    @field_validator("language", "order", "page", "page_size", mode="before")
    @classmethod
    def default_for_empty(cls, value: Any, info: ValidationInfo) -> Any:
        """Treat an empty parameter, as in `?q=mail&page=`, as missing: HTML forms send those."""
        return cls.model_fields[info.field_name or ""].default if value == "" else value

    @field_validator("type", *FACETS, "year", mode="before")
    @classmethod
    def without_empty(cls, value: Any) -> Any:
        return [name for name in value if name] if isinstance(value, list) else value

    @property
    def chosen(self) -> dict[str, list[str]]:
        chosen = {name: [normalize_text(value)[:200] for value in getattr(self, name)[:MAX_VALUES]] for name in FACETS}
        return {**chosen, "year": [f"{year:04}" for year in self.year[:MAX_VALUES]]}


class Result(Schema):
    type: str = Field(description="Type of the result.")
    id: int = Field(description="ID, unique among results of this type.")
    uri: str = Field(description="ID that never changes (tag: URI), the same as in the feeds.")
    external_id: str | None = Field(description="External ID of an imported article.")
    title: str
    url: str = Field(description="URL of the page.")
    published: dt.datetime | None = Field(description="Time of publication (ISO 8601).")
    snippet: str = Field(description="Matching passage as HTML: escaped, with <mark> around matching words.")


class Refusal(Schema):
    detail: list[dict[str, Any]] = Field(description="Errors, each with the parameter it concerns.")


class Results(Schema):
    count: int = Field(description="Number of results on all pages.")
    results: list[Result]


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
