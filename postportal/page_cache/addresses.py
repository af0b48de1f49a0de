"""Requests that kept pages may answer, and what identifies a page."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from postportal.page_cache.store import Key

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

# What servers put in the environment of a request without a body.
NO_CONTENT_TYPE = ("", "text/plain")
# Messages may be in a cookie; nothing else in a cookie changes a public page.
MESSAGES_COOKIE = "messages"
# Pages show the host, so each has a page for each host. Names that only look different, and other ports, which
# ALLOWED_HOSTS allows, would fill the memory with copies.
_PLAIN_HOST = re.compile(r"([a-z0-9_-]+\.)*[a-z0-9_-]+(:[0-9]+)?")
# Few portals have more names.
MAX_HOSTS = 32
# Longer than any URL of the portal.
MAX_ADDRESS = 2000


def key_of(environ: "WSGIEnvironment") -> Key | None:
    """Return what identifies the page, or None if the request may not be answered with a kept page."""
    cookies = environ.get("HTTP_COOKIE", "")
    if (
        environ["REQUEST_METHOD"] not in ("GET", "HEAD")
        or (cookies and (settings.SESSION_COOKIE_NAME in cookies or MESSAGES_COOKIE in cookies or "\0" in cookies))
        or environ.get("CONTENT_TYPE", "") not in NO_CONTENT_TYPE
    ):
        return None
    return address_of(environ)


def address_of(environ: "WSGIEnvironment") -> Key | None:
    """Return what identifies the page of this URL, whoever asks; None for URLs whose pages are never kept."""
    host = environ.get("HTTP_HOST", "")
    key = (
        host,
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        environ.get("SCRIPT_NAME", ""),
        _scheme(environ),
    )
    is_kept = sum(map(len, key)) <= MAX_ADDRESS and _is_plain(host, environ.get("SERVER_PORT"))
    return key if is_kept else None


@lru_cache(MAX_HOSTS)
def _is_plain(host: str, server_port: str | None) -> bool:
    found = _PLAIN_HOST.fullmatch(host)
    return found is not None and (found[2] is None or found[2][1:] == server_port)


def _scheme(environ: "WSGIEnvironment") -> str:
    """Return the scheme as `HttpRequest.scheme` does: a client may send any value of the header."""
    if header := settings.SECURE_PROXY_SSL_HEADER:
        name, secure = header
        if (value := environ.get(name)) is not None:
            return "https" if value.split(",", 1)[0].strip() == secure else "http"
    return str(environ.get("wsgi.url_scheme", ""))
