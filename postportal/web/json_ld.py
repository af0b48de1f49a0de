"""JSON-LD: the facts of a page as schema.org data for search engines."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from postportal.web.kept_urls import kept_url
from postportal.web.site_url import absolute_url

# Escaped so that no value can close the script element or open a comment in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

# (label, URL) of each page between the home page and the current one.
Trail = list[tuple[str, str]]


def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """Return the script element that carries `data`; values that are None, "" or empty are left out."""
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"), default=str).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def breadcrumb_json_ld(request: HttpRequest, trail: Trail) -> dict[str, Any]:
    """Return the BreadcrumbList of the pages from the home page to the end of the trail."""
    pages = [(_("Home"), kept_url("home")), *trail]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": str(label), "item": absolute_url(request, url)}
            for n, (label, url) in enumerate(pages, 1)
        ],
    }


def _without_empty(value: Any) -> Any:
    """Return the value without empty values at any depth, including those that become empty by this."""
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if not _is_empty(item)}
    if isinstance(value, list):
        return [item for item in map(_without_empty, value) if not _is_empty(item)]
    return value


def _is_empty(value: Any) -> bool:
    # Not by truth: 0 and False say something.
    return value is None or value == [] or value == {} or (isinstance(value, str) and not value.strip())
