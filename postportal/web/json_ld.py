"""JSON-LD (schema.org): a page's facts for machines."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# Whatever stands in the data, none of it can end the script element or open a comment in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """Return the script element that carries `data`; values that are None, "" or empty are left out."""
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"), default=str).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def breadcrumb_json_ld(request: HttpRequest, trail: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the BreadcrumbList of (label, address) pairs below the home page."""
    steps = [(_("Home"), reverse("home")), *trail]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": str(label), "item": request.build_absolute_uri(address)}
            for n, (label, address) in enumerate(steps, 1)
        ],
    }


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value
