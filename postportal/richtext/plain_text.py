"""Between markup and plain text."""

import re
from html import escape, unescape

from postportal.richtext.sanitize import CleanHtml, clean_html, normalize_html
from postportal.richtext.tree import Element, Node, parse_html

_INLINE_TAGS = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "span", "strong", "sub", "sup", "img"}
_CELL_TAGS = {"td", "th"}
# An attribute may hold a > between its quotes.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*>")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")


def plain_text(html: str) -> str:
    """The words as a reader sees them: a line for each block, entities decoded, no markup."""
    if isinstance(html, CleanHtml):
        text = unescape(_TAG.sub(_separator, html.replace("\n", " ")))
    else:
        pieces: list[str] = []
        _collect_text(parse_html(normalize_html(html)), pieces=pieces)
        text = "".join(pieces)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _separator(tag: re.Match[str]) -> str:
    """What parts the words on both sides of a tag. Clean markup needs no tree to know: imports clean thousands of texts
    and want their words at once."""
    if tag[2] in _INLINE_TAGS:
        return ""
    return (" " if tag[1] else "") if tag[2] in _CELL_TAGS else "\n"


def _collect_text(nodes: list[Node], *, pieces: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(_SPACES.sub(" ", node.replace("\n", " ")))
        elif isinstance(node, Element) and node.tag in _CELL_TAGS:
            _collect_text(node.children, pieces=pieces)
            pieces.append(" ")
        elif node.tag in _INLINE_TAGS:
            _collect_text(node.children, pieces=pieces)
        else:
            pieces.append("\n")
            _collect_text(node.children, pieces=pieces)
            pieces.append("\n")


def text_to_html(text: str) -> str:
    """Paragraphs are parted by blank lines; a text without any has one on each line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    paragraphs = _BLANK_LINE.split(text) if _BLANK_LINE.search(text) else text.split("\n")
    html = "".join(f"<p>{escape(paragraph.strip())}</p>" for paragraph in paragraphs)
    return clean_html(html.replace("\n", "<br>"))
