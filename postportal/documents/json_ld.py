"""Structured data (schema.org) of documents."""

from typing import Any

from django.http import HttpRequest

from postportal.documents.models import Document
from postportal.web.iso_times import iso_time
from postportal.web.languages import html_language
from postportal.web.site_url import absolute_url


def document_json_ld(request: HttpRequest, document: Document) -> dict[str, Any]:
    url = absolute_url(request, document.get_absolute_url())
    return {
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": document.title,
        "alternateName": document.title_zh or None,
        "url": url,
        "inLanguage": html_language(document.language) if document.language else None,
        "dateModified": iso_time(document.uploaded_at),
        "encodingFormat": document.file_type.content_type,
    }
