"""The one gate for markup: saved forms, imports and demo content all pass here."""

import re

import nh3

from postportal.richtext.allowed_html import ATTRIBUTES, DROPPED, RENAMED, SEPARATORS, TAGS, keep_attribute
from postportal.richtext.tidy import tidy
from postportal.richtext.tree import html_of, parse

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>?", re.IGNORECASE)
# Elements that end by themselves at the next of their kind, and those that hold nothing.
_NOT_NESTED = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "br", "hr", "img", "wbr"}
# No text needs more, and time grows with the square of the depth.
_MAX_NESTING = 60
_SCHEMES = {"http", "https", "mailto", "tel"}


class CleanHtml(str):
    """Text that has passed the gate, so that saving does not clean it a second time."""

    __slots__ = ()


def _cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        attribute_filter=keep_attribute,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_reader = _cleaner(TAGS | set(RENAMED) | SEPARATORS)
_gate = _cleaner(TAGS)


def normalized(html: str) -> str:
    """Well formed and harmless, but not yet tidy."""
    return _reader.clean(_flattened(_CONTROLS.sub("", html)))


def _flattened(html: str) -> str:
    """Without the elements that lie too deep."""
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _NOT_NESTED:
            return tag[0]
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        return "" if depth > _MAX_NESTING else tag[0]

    return _TAG.sub(keep, html) if html.count("<") > _MAX_NESTING else html


def clean_html(html: str) -> str:
    if isinstance(html, CleanHtml):
        return html
    blocks = tidy(parse(normalized(html)))
    # The sanitiser has the last word: what the tidying writes is read by it once more.
    return CleanHtml(_gate.clean("\n".join(html_of([block]) for block in blocks)))
