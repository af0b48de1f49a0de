"""Tags that are removed from a text before it is parsed, because parsing them would lose words or take too long."""

import re
from collections import Counter

from postportal.richtext.allowed_html import INLINE_TAGS, KNOWN_TAGS

# Elements that have no content, or whose end tag is optional.
_UNNESTED_TAGS = {
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rt", "rp"),
    *("br", "hr", "img", "wbr", "area", "base", "col", "embed", "input", "link", "meta", "param", "source", "track"),
    *("html", "head", "body"),
}
_HTML_TAGS = {
    *KNOWN_TAGS,
    *_UNNESTED_TAGS,
    *("font", "u", "big", "small", "nobr", "label", "picture", "ruby", "rb", "rtc", "mark", "time", "data", "output"),
    *("meter", "progress", "bdi", "bdo", "var", "dfn", "slot", "map", "plaintext", "frameset", "frame", "image"),
}
_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
_TAG = re.compile(rf"<(/?)([a-z][^\s/<>]*){_ATTRIBUTES}>?", re.IGNORECASE)
_UNKNOWN_TAG = re.compile(rf"<(?=/?[a-z])(?!/?(?:{'|'.join(sorted(_HTML_TAGS))})(?:[\s/<>]|\Z))", re.IGNORECASE)
# No text needs more levels, and the time needed grows with the square of the depth.
MAX_NESTING = 60


def remove_unknown_tags(html: str) -> str:
    """Return the text without tags that are not HTML, and with what only looks like a tag as text.

    The sanitizer removes elements with the names of SVG and MathML, such as text or in, with all that follows."""
    if not _UNKNOWN_TAG.search(html):
        return html

    def keep(tag: re.Match[str]) -> str:
        if tag[2].lower() in _HTML_TAGS:
            return tag[0]
        return "" if tag[0].endswith(">") else f"&lt;{tag[0][1:]}"

    return _TAG.sub(keep, html)


def limit_nesting(html: str) -> str:
    """Return the text without tags that are nested too deeply."""
    if html.count("<") <= MAX_NESTING:
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
        if not tag[1] and len(open_tags) < MAX_NESTING:
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
