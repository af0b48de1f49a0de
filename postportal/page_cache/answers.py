"""Kept pages as WSGI answers: content codings and conditional requests."""

import gzip
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import brotli

from postportal.page_cache.store import Page, Variant
from postportal.web.conditional import ETAG_PATTERN

Headers = list[tuple[str, str]]
# Smaller bodies gain nothing. Brotli at 5 is as fast as gzip and a fifth smaller.
MIN_COMPRESSED_SIZE = 500
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
CODINGS = ("br", "gzip")
ACCEPTABLE = re.compile(r"\s*q\s*=\s*(1(\.0{1,3})?|0\.(?!0{1,3}\s*$)[0-9]{1,3})\s*")
# Browsers send a handful of values of Accept-Encoding.
MAX_ACCEPTED = 64
# What a 304 leaves out: it describes the body that is not sent.
BODY_HEADERS = frozenset({"content-type", "content-length", "content-encoding", "content-language"})


def is_keepable(status: str, headers: Headers) -> bool:
    """Return True if the response is the same for everybody and has a strong ETag."""
    # A header that is sent twice is none that can be judged.
    found = {name.lower(): value.strip() for name, value in headers}
    once = len(found) == len(headers)
    policy = {part.partition("=")[0].strip().lower() for part in found.get("cache-control", "").split(",")}
    return (
        once
        and status.startswith("200 ")
        and "set-cookie" not in found
        and found.get("vary", "").lower() in ("", "accept-encoding")
        and "content-encoding" not in found
        and "public" in policy
        and policy.isdisjoint(("private", "no-store", "no-cache"))
        and found.get("etag", "").startswith('"')
    )


def make_variants(headers: Headers, body: bytes, *, is_compressed: bool) -> dict[str, Variant]:
    """Return the response in each content coding. Each has an ETag of its own, as a strong one must."""
    bodies = {"": body}
    if is_compressed and len(body) >= MIN_COMPRESSED_SIZE:
        bodies["br"] = brotli.compress(body, quality=BROTLI_QUALITY)
        bodies["gzip"] = gzip.compress(body, GZIP_LEVEL, mtime=0)
    return {coding: _variant(headers, content, coding=coding) for coding, content in bodies.items()}


def _variant(headers: Headers, body: bytes, *, coding: str) -> Variant:
    changed = ("content-length", "vary", "etag")
    kept = [(name, value) for name, value in headers if name.lower() not in changed]
    tag = next(value for name, value in headers if name.lower() == "etag")
    if coding:
        tag = f'{tag[:-1]}-{coding}"'
        kept.append(("Content-Encoding", coding))
    kept += [("ETag", tag), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
    short = [header for header in kept if header[0].lower() not in BODY_HEADERS]
    return Variant(tag, headers=kept, short_headers=short, body=body)


def answer(page: Page, environ: dict[str, Any], start_response: Any, *, extra: Headers) -> Iterable[bytes]:
    """Send the page, or a 304 if the client has it in any coding (weak comparison, RFC 9110, section 13.1.2)."""
    coding = best_coding(environ.get("HTTP_ACCEPT_ENCODING", "")) if len(page.variants) > 1 else ""
    variant = page.variants[coding]
    condition = environ.get("HTTP_IF_NONE_MATCH")
    if condition and _has_version(condition, page):
        start_response("304 Not Modified", variant.short_headers + extra)
        return []
    start_response("200 OK", variant.headers + extra)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [variant.body]


def _has_version(condition: str, page: Page) -> bool:
    tags = [variant.tag for variant in page.variants.values()]
    return condition in tags or condition.strip() == "*" or not set(tags).isdisjoint(ETAG_PATTERN.findall(condition))


@lru_cache(MAX_ACCEPTED)
def best_coding(accepted: str) -> str:
    """Return the best coding that this value of Accept-Encoding names as acceptable, or an empty text."""
    names = set()
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        # Whatever is not plainly acceptable gets the page as it is, which every client can read.
        if not parameters.strip() or ACCEPTABLE.fullmatch(parameters):
            names.add(name.strip())
    return next((coding for coding in CODINGS if coding in names), "")
