"""Tags, classes and attributes that a rich text may contain."""

import re
from collections.abc import Callable

from postportal.richtext.references import is_reference
from postportal.richtext.safe_links import is_safe_link, normalize_link
from postportal.text.language_tags import clean_language_tag

# Text that readers see struck through. It must never become part of the sentence around it.
STRUCK_TAGS = {"s", "del"}
INLINE_TAGS = {
    *("a", "abbr", "br", "cite", "code", "em", "img", "ins", "q", "span", "strong", "sub", "sup"),
    *STRUCK_TAGS,
}
LIST_TAGS = {"ul", "ol"}
TERM_TAGS = {"dt", "dd"}
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
    "pre",
    "dl",
    "dt",
    "dd",
}
ALLOWED_TAGS = INLINE_TAGS | BLOCK_TAGS | TABLE_PART_TAGS

# Accepted, but replaced with one of ALLOWED_TAGS.
REPLACED_TAGS = {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "acronym": "abbr",
    **dict.fromkeys(("tt", "kbd", "samp"), "code"),
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    **dict.fromkeys(("menu", "dir"), "ul"),
    "listing": "pre",
}
# Only mark where a block ends; the element itself is removed.
SEPARATOR_TAGS = {
    *("section", "article", "main", "header", "aside", "nav", "center", "address", "form", "fieldset", "legend"),
    *("details", "summary", "hgroup", "search", "dialog", "optgroup", "option", "marquee"),
}
# Removed with their content. postportal/richtext/left_out.py counts them.
REMOVED_TAGS = {
    *("script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select", "textarea"),
    *("noembed", "noframes", "xmp", "audio", "video", "canvas", "button"),
}

ALLOWED_CLASSES = {
    "div": {"gallery", "inset", "tw"},
    "span": {"cr"},
    "blockquote": {"quote", "pull"},
    "ol": {"notes"},
    "td": {"r"},
    "th": {"r"},
}
# Of the link from a footnote back to the text, in English and in Chinese.
BACK_LINK_LABELS = ("Back to the text", "返回正文")
KNOWN_TAGS = ALLOWED_TAGS | REPLACED_TAGS.keys() | SEPARATOR_TAGS | REMOVED_TAGS

# Links from this text or from elsewhere lead to these elements. All others hand their id to one of them.
ID_TAGS = {"p", "h2", "h3", "h4", "li", "dt", "dd", "blockquote", "pre", "figure", "td", "th", "a"}
ALLOWED_ATTRIBUTES = {
    "*": {"lang", "dir", "class"},
    "a": {"href", "rel", "aria-label"},
    "abbr": {"title"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "div": {"role", "tabindex", "aria-label"},
}
for _tag in ID_TAGS:
    ALLOWED_ATTRIBUTES[_tag] = {*ALLOWED_ATTRIBUTES.get(_tag, set()), "id"}
IMAGE_SIZES = "(min-width:44rem) 41rem, 92vw"

ANCHOR = re.compile(r"s-[\w-]{1,100}")
_SPAN = re.compile(r"\+?0*(\d{1,9})")
MAX_COLUMN_SPAN, MAX_ROW_SPAN = 1000, 65534
_CANDIDATE = re.compile(r"(\S+) \d{1,5}w")


def is_notes(tag: str, attributes: dict[str, str]) -> bool:
    """Return True for the list of the footnotes of a text."""
    return tag == "ol" and "notes" in attributes.get("class", "").split()


def is_local_image(url: str) -> bool:
    """Return True for pictures on this site. Others are not allowed: they would report readers to another server."""
    return url.startswith("/") and is_safe_link(url)


def _is_srcset(value: str) -> bool:
    candidates = [_CANDIDATE.fullmatch(part.strip()) for part in value.split(",")]
    return all(match and is_local_image(match[1]) for match in candidates)


def _is_number(low: int, high: int) -> Callable[[str], bool]:
    return lambda value: bool(re.fullmatch(r"-?[0-9]{1,5}", value)) and low <= int(value) <= high


def read_span(value: str, *, high: int) -> int:
    """Return the number of columns or rows as browsers read it: digits at the start count, too large ones are cut."""
    match = _SPAN.match(value.strip())
    return min(int(match[1]), high) if match else 1


_ATTRIBUTE_CHECKS: dict[str, Callable[[str], bool]] = {
    "href": lambda value: is_safe_link(value) or is_reference(value),
    "src": is_local_image,
    "srcset": _is_srcset,
    "sizes": lambda value: value == IMAGE_SIZES,
    "rel": lambda value: value == "noopener",
    "lang": bool,
    "dir": lambda value: value in {"ltr", "rtl", "auto"},
    "scope": lambda value: value in {"col", "row", "colgroup", "rowgroup"},
    "loading": lambda value: value == "lazy",
    "decoding": lambda value: value == "async",
    "role": lambda value: value == "region",
    "tabindex": lambda value: value == "0",
    "id": lambda value: bool(ANCHOR.fullmatch(value)),
    "width": _is_number(1, 20000),
    "height": _is_number(1, 20000),
    "colspan": _is_number(2, MAX_COLUMN_SPAN),
    "rowspan": _is_number(2, MAX_ROW_SPAN),
    "start": _is_number(-99999, 99999),
    "value": _is_number(-99999, 99999),
    "reversed": lambda value: value == "reversed",
    "data-part": lambda value: value in {"head", "foot"},
    # For lists with (a) or (iii), to which a text refers as “point (a)”.
    "type": lambda value: value in {"1", "a", "A", "i", "I"},
}


_NORMALIZED: dict[str, Callable[[str], str]] = {
    "href": normalize_link,
    "lang": clean_language_tag,
    "reversed": lambda value: "reversed",
    "colspan": lambda value: str(read_span(value, high=MAX_COLUMN_SPAN)),
}
# Read and replaced by tidying: the first pass hands them on as they are.
TRANSLATED_ATTRIBUTES: dict[str, set[str]] = {"*": {"style", "id"}, "a": {"name"}, "tr": {"data-part"}}
_RAW_ATTRIBUTES = {"style", "id", "name", "rowspan"}


def clean_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value to store, or None if the attribute has to be removed."""
    value = value.strip()
    if name == "class":
        return " ".join(sorted(set(value.split()) & ALLOWED_CLASSES.get(tag, set()))) or None
    if name in _NORMALIZED:
        value = _NORMALIZED[name](value)
    if name == "aria-label" and tag == "a":
        return value if value in BACK_LINK_LABELS else None
    check = _ATTRIBUTE_CHECKS.get(name)
    return value if check is None or check(value) else None


def read_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value that tidying needs, or None if the attribute has to be removed."""
    return value if name in _RAW_ATTRIBUTES else clean_attribute(tag, name, value)
