"""Sanitizer for HTML from forms, imports and the demo content."""

import re
import unicodedata
from collections.abc import Callable
from html import escape
from typing import Self

import nh3

from postportal.richtext.allowed_html import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    REMOVED_TAGS,
    REPLACED_TAGS,
    SEPARATOR_TAGS,
    TRANSLATED_ATTRIBUTES,
    clean_attribute,
    read_attribute,
)
from postportal.richtext.left_out import LeftOut, count_left_out
from postportal.richtext.programs.clipboards import carries_marks, rewrite
from postportal.richtext.raw_tags import limit_nesting, remove_unknown_tags
from postportal.richtext.references import SCHEMES
from postportal.richtext.replacements import RUBY_TAGS
from postportal.richtext.tidy import tidy_nodes
from postportal.richtext.tree import parse_html, to_html
from postportal.text.characters import CONTROLS, DIRECTIONS, OLD_SEPARATORS, STRAY_MARKS, SURROGATES

# Controls, and signs that turn or hide the text around them. Soft hyphens, joiners and zero-width spaces stay: they say
# where a line may break. The plain text of a body, which is searched and quoted, has none of them.
_CONTROLS = re.compile(f"[{CONTROLS}{OLD_SEPARATORS}{DIRECTIONS}{STRAY_MARKS}{SURROGATES}]")
# Paragraphs of nothing but text, which cleaning leaves as they are: most texts of an import.
_PLAIN_PARAGRAPHS = re.compile(r"(?:<p>[^\W_](?:[^<>&\s]++| (?!</p>))*+</p>\s*+)+")
_BETWEEN_PARAGRAPHS = re.compile(r"(?<=</p>)\s*(?=<p>)")
_SCHEMES = {"http", "https", "mailto", "tel", "sms", *SCHEMES}


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
    # Once more for those that were written as &#8238;.
    return _CONTROLS.sub("", _first_pass.clean(limit_nesting(remove_unknown_tags(_CONTROLS.sub("", html)))))


def clean_html(html: str) -> CleanHtml:
    """Return sanitized and tidied HTML that knows what was left out. Cleaning it again changes nothing."""
    if isinstance(html, CleanHtml):
        return html
    if _is_clean(html):
        return CleanHtml(_BETWEEN_PARAGRAPHS.sub("\n", html.rstrip()))
    left_out = count_left_out(html, is_kept_link=_is_kept_link)
    written = rewrite(html) if carries_marks(html) else html
    blocks = tidy_nodes(parse_html(normalize_html(written)))
    # The sanitizer comes last: it also checks what tidying has produced.
    return CleanHtml(_final_pass.clean("\n".join(to_html([block]) for block in blocks)), left_out)


def _is_clean(html: str) -> bool:
    is_plain = _PLAIN_PARAGRAPHS.fullmatch(html) is not None and _CONTROLS.search(html) is None
    return is_plain and unicodedata.is_normalized("NFC", html)


def _is_kept_link(url: str) -> bool:
    return "href=" in _final_pass.clean(f'<a href="{escape(url)}">x</a>')
