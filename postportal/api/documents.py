"""Parameters and responses of the list of documents in the read API."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from postportal.api.parameters import QueryParameters
from postportal.documents.models import Document

MAX_PAGE, MAX_PAGE_SIZE = 100_000, 100


class DocumentParameters(QueryParameters):
    page: Annotated[int, Field(ge=1, le=MAX_PAGE)] = Field(
        1, description="Number of the page, starting at 1.", json_schema_extra={"example": 1}
    )
    page_size: Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)] = Field(
        20, description="Number of documents per page.", json_schema_extra={"example": 20}
    )


class DocumentResult(Schema):
    id: int = Field(description="ID, unique among documents.")
    title: str
    title_zh: str = Field(description="Title in Chinese, or blank.")
    language: str = Field(description="Language of the file, or blank if it has several or another one.")
    url: str = Field(description="URL of the current file. It never changes.")
    type: str = Field(description="Media type of the file.")
    size: int = Field(description="Size of the file in bytes.")
    pages: int | None = Field(description="Number of pages of a PDF.")
    sha256: str = Field(description="SHA-256 of the file.")
    uploaded: dt.datetime = Field(description="Time at which the current file was uploaded (ISO 8601).")


class DocumentResults(Schema):
    count: int = Field(description="Number of documents on all pages.")
    documents: list[DocumentResult]


DOCUMENTS_EXAMPLE = {
    "count": 1,
    "documents": [
        {
            "id": 3,
            "title": "Parcel tariff 2026",
            "title_zh": "2026年包裹资费表",
            "language": "en",
            "url": "https://portal.example/documents/3/",
            "type": "application/pdf",
            "size": 182044,
            "pages": 4,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "uploaded": "2026-02-09T01:30:00Z",
        }
    ],
}


def serialize_document(document: Document, *, url: str) -> Mapping[str, Any]:
    return {
        "id": document.pk,
        "title": document.title,
        "title_zh": document.title_zh,
        "language": document.language,
        "url": url,
        "type": document.file_type.content_type,
        "size": document.size,
        "pages": document.pages,
        "sha256": document.sha256,
        "uploaded": document.uploaded_at,
    }
