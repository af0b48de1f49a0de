"""Conditional requests (RFC 9110, section 13): validators of responses, and 304 for clients that have them.

The portal sends no Last-Modified: the newest item of a list may be withdrawn, and the date would go back."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase

from postportal.web.release import release

# Weak tags too: nginx weakens the ETag of what it compresses.
ETAG_PATTERN = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
# What a 304 repeats of the response it stands for (RFC 9110, section 15.4.5).
REPEATED_HEADERS = ("Cache-Control", "Content-Location", "Expires", "Vary")


class NotModifiedMiddleware:
    """Remove the Content-Length that Django's CommonMiddleware gives to a 304: 0 would be the length of the 200."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 304:
            response.headers.pop("Content-Length", None)
        return response


def version_tag(*version: Any) -> str:
    """Return the strong ETag of a response that is made of these values and nothing else. Another release has another
    one. Text, numbers, dates, lists and dicts are possible."""
    text = json.dumps([release(), version], default=str, ensure_ascii=False, sort_keys=True)
    return _tag(text.encode("utf-8", "surrogatepass"))


def content_tag(response: HttpResponseBase) -> str:
    """Return the strong ETag of a rendered response."""
    return _tag(response.content)  # type: ignore[attr-defined]


def has_version(request: HttpRequest, tag: str) -> bool:
    """Return True if the client has this version already, by weak comparison: then a 304 is enough."""
    sent = request.headers.get("If-None-Match")
    if sent is None or request.method not in ("GET", "HEAD"):
        return False
    return sent.strip() == "*" or tag in ETAG_PATTERN.findall(sent)


def not_modified(tag: str, *, instead_of: HttpResponseBase | None = None) -> HttpResponseNotModified:
    """Return a 304 with this ETag, and with the headers of the response that it stands for."""
    response = HttpResponseNotModified(headers={"ETag": tag})
    if instead_of is not None:
        for name in REPEATED_HEADERS:
            if name in instead_of.headers:
                response.headers[name] = instead_of.headers[name]
    return response


def with_content_tag(response: HttpResponseBase, *, request: HttpRequest) -> HttpResponseBase:
    """Return the rendered response with the ETag of its content, or a 304 if the client has it."""
    tag = content_tag(response)
    if has_version(request, tag):
        return not_modified(tag, instead_of=response)
    response.headers["ETag"] = tag
    return response


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'
