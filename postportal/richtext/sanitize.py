"""Sanitizer for HTML from forms, imports and the demo content."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Self

import nh3

from postportal.richtext.allowed_html import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    INLINE_TAGS,
    REMOVED_TAGS,
    REPLACED_TAGS,
    SEPARATOR_TAGS,
    TRANSLATED_ATTRIBUTES,
    clean_attribute,
    read_attribute,
)
from postportal.richtext.left_out import LeftOut, count_left_out
from postportal.richtext.replacements import RUBY_TAGS
from postportal.richtext.tidy import tidy_nodes
from postportal.richtext.tree import parse_html, to_html

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>?", re.IGNORECASE)
# Elements that have no content, or whose end tag is optional.
_UNNESTED_TAGS = {
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp"),
    *("br", "hr", "img", "wbr", "area", "base", "col", "embed", "input", "link", "meta", "param", "source", "track"),
    *("html", "head", "body"),
}
# No text needs more levels, and the time needed grows with the square of the depth.
_MAX_NESTING = 60
_SCHEMES = {"http", "https", "mailto", "tel", "sms"}


class CleanHtml(str):
    """HTML that is already sanitized, so that saving does not sanitize it again. `left_out` says what was removed."""

    __slots__ = ("left_out",)
    left_out: LeftOut

    def __new__(cls, html: str, left_out: LeftOut | None = None) -> Self:
        self = super().__new__(cls, html)
        self.left_out = left_out or LeftOut()
        return self


def _make_cleaner(
    tags: set[str], *, attributes: dict[str, set[str]], attribute_filter: Callable[[str, str, str], str | None]
) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=REMOVED_TAGS,
        attributes=attributes,
        attribute_filter=attribute_filter,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


_readable_attributes = {
    tag: ALLOWED_ATTRIBUTES.get(tag, set()) | TRANSLATED_ATTRIBUTES.get(tag, set())
    for tag in ALLOWED_ATTRIBUTES.keys() | TRANSLATED_ATTRIBUTES.keys()
}
_first_pass = _make_cleaner(
    ALLOWED_TAGS | set(REPLACED_TAGS) | SEPARATOR_TAGS | RUBY_TAGS,
    attributes=_readable_attributes,
    attribute_filter=read_attribute,
)
_final_pass = _make_cleaner(ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, attribute_filter=clean_attribute)


def normalize_html(html: str) -> str:
    """Return well-formed and harmless HTML that is not tidied yet."""
    return _first_pass.clean(_limit_nesting(_CONTROLS.sub("", html)))


def _limit_nesting(html: str) -> str:
    """Remove tags that are nested too deeply."""
    if html.count("<") <= _MAX_NESTING:
        return html
    open_tags: list[str] = []
    removed: Counter[str] = Counter()

    def keep(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _UNNESTED_TAGS:
            return tag[0]
        if tag[1] and not removed[name]:
            _close_tag(open_tags, name)
            return tag[0]
        if not tag[1] and len(open_tags) < _MAX_NESTING:
            open_tags.append(name)
            return tag[0]
        removed[name] += -1 if tag[1] else 1
        return "" if name in INLINE_TAGS else " "

    return _TAG.sub(keep, html)


def _close_tag(open_tags: list[str], name: str) -> None:
    """Close the innermost element of this name, and whatever was left open inside it."""
    if name in open_tags:
        while open_tags.pop() != name:
            pass


def clean_html(html: str) -> CleanHtml:
    """Return sanitized and tidied HTML that knows what was left out. Cleaning it again changes nothing."""
    if isinstance(html, CleanHtml):
        return html
    left_out = count_left_out(html, is_kept_link=_is_kept_link)
    blocks = tidy_nodes(parse_html(normalize_html(html)))
    # The sanitizer comes last: it also checks what tidying has produced.
    return CleanHtml(_final_pass.clean("\n".join(to_html([block]) for block in blocks)), left_out)


def _is_kept_link(url: str) -> bool:
    return "href=" in _final_pass.clean(f'<a href="{escape(url)}">x</a>')
