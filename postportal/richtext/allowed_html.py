"""Tags, classes and attributes that a rich text may contain."""

import re
from collections.abc import Callable

from django.conf import settings

from postportal.richtext.safe_links import is_safe_link

INLINE_TAGS = {"a", "abbr", "br", "cite", "code", "em", "img", "q", "span", "strong", "sub", "sup"}
LIST_TAGS = {"ul", "ol"}
TABLE_PART_TAGS = {"caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
BLOCK_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "table",
    "figure",
    "figcaption",
    "hr",
    "div",
}
ALLOWED_TAGS = INLINE_TAGS | BLOCK_TAGS | TABLE_PART_TAGS

# Accepted, but replaced with one of ALLOWED_TAGS.
REPLACED_TAGS = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "menu": "ul",
    "dt": "p",
    "dd": "p",
    "pre": "p",
}
# Only mark where a block ends; the element itself is removed.
SEPARATOR_TAGS = {"section", "article", "main", "header", "aside", "nav", "center", "address", "dl", "form", "fieldset"}
# Removed with their content.
REMOVED_TAGS = {
    *("script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea"),
    *("noembed", "noframes", "xmp", "audio", "video", "canvas", "button"),
}

ALLOWED_CLASSES = {"div": {"inset", "tw"}, "span": {"cr"}, "blockquote": {"quote"}, "td": {"r"}, "th": {"r"}}
ALLOWED_ATTRIBUTES = {
    "*": {"lang", "dir", "class"},
    "a": {"href", "rel"},
    "abbr": {"title"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "ol": {"start", "type"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "div": {"role", "tabindex", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
}
IMAGE_SIZES = "(min-width:44rem) 41rem, 92vw"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ANCHOR = re.compile(r"s-[\w-]{1,100}")
_CANDIDATE = re.compile(r"(\S+) \d{1,5}w")


def is_local_image(url: str) -> bool:
    """Return True for pictures on this site. Others are not allowed: they would report readers to another server."""
    is_own = url.startswith("/") or (settings.MEDIA_URL.startswith("http") and url.startswith(settings.MEDIA_URL))
    return is_own and is_safe_link(url)


def _is_srcset(value: str) -> bool:
    candidates = [_CANDIDATE.fullmatch(part.strip()) for part in value.split(",")]
    return all(match and is_local_image(match[1]) for match in candidates)


def _is_number(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: value.isascii() and value.isdigit() and len(value) < 6 and low <= int(value) <= high


_ATTRIBUTE_CHECKS: dict[str, Callable[[str], bool]] = {
    "href": is_safe_link,
    "src": is_local_image,
    "srcset": _is_srcset,
    "sizes": lambda value: value == IMAGE_SIZES,
    "rel": lambda value: value == "noopener",
    "lang": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "dir": lambda value: value in {"ltr", "rtl", "auto"},
    "scope": lambda value: value in {"col", "row", "colgroup", "rowgroup"},
    "loading": lambda value: value == "lazy",
    "decoding": lambda value: value == "async",
    "role": lambda value: value == "region",
    "tabindex": lambda value: value == "0",
    "id": lambda value: bool(_ANCHOR.fullmatch(value)),
    "width": _is_number(1, 20000),
    "height": _is_number(1, 20000),
    "colspan": _is_number(2, 50),
    "rowspan": _is_number(2, 500),
    "start": _is_number(0, 99999),
    # For lists with (a) or (iii), to which a text refers as “point (a)”.
    "type": lambda value: value in {"1", "a", "A", "i", "I"},
}


def clean_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value to store, or None if the attribute has to be removed."""
    value = value.strip()
    if name == "class":
        return " ".join(sorted(set(value.split()) & ALLOWED_CLASSES.get(tag, set()))) or None
    check = _ATTRIBUTE_CHECKS.get(name)
    return value if check is None or check(value) else None
