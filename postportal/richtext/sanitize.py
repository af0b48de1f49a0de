"""Sanitizer for HTML from forms, imports and the demo content."""

import re

import nh3

from postportal.richtext.allowed_html import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    REMOVED_TAGS,
    REPLACED_TAGS,
    SEPARATOR_TAGS,
    clean_attribute,
)
from postportal.richtext.tidy import tidy_nodes
from postportal.richtext.tree import parse_html, to_html

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>?", re.IGNORECASE)
# Elements whose end tag is optional, and void elements.
_UNNESTED_TAGS = {
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "option",
    "br",
    "hr",
    "img",
    "wbr",
}
# No text needs more levels, and the time needed grows with the square of the depth.
_MAX_NESTING = 60
_SCHEMES = {"http", "https", "mailto", "tel"}


class CleanHtml(str):
    """HTML that is already sanitized, so that saving does not sanitize it again."""

    __slots__ = ()


def _make_cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=REMOVED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        attribute_filter=clean_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_first_pass = _make_cleaner(ALLOWED_TAGS | set(REPLACED_TAGS) | SEPARATOR_TAGS)
_final_pass = _make_cleaner(ALLOWED_TAGS)


def normalize_html(html: str) -> str:
    """Return well-formed and harmless HTML that is not tidied yet."""
    return _first_pass.clean(_limit_nesting(_CONTROLS.sub("", html)))


def _limit_nesting(html: str) -> str:
    """Remove tags that are nested too deeply."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _UNNESTED_TAGS:
            return tag[0]
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        return "" if depth > _MAX_NESTING else tag[0]

    return _TAG.sub(keep, html) if html.count("<") > _MAX_NESTING else html


def clean_html(html: str) -> str:
    """Return sanitized and tidied HTML. Cleaning it again changes nothing."""
    if isinstance(html, CleanHtml):
        return html
    blocks = tidy_nodes(parse_html(normalize_html(html)))
    # The sanitizer comes last: it also checks what tidying has produced.
    return CleanHtml(_final_pass.clean("\n".join(to_html([block]) for block in blocks)))
