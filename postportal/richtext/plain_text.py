"""Conversion between HTML and plain text."""

import re
from html import escape, unescape

from django.utils import timezone

from postportal.richtext.allowed_html import INLINE_TAGS, STRUCK_TAGS
from postportal.richtext.footnotes import BACK_SIGN
from postportal.richtext.references import fill_references, has_references
from postportal.richtext.replacements import replace_tags
from postportal.richtext.sanitize import CleanHtml, clean_html, normalize_html
from postportal.richtext.tree import Node, break_lines, parse_html
from postportal.text.tidying import tidy_line

_INLINE_TAGS = INLINE_TAGS - {"br"}
_CELL_TAGS = {"td", "th"}
# Struck text cannot be shown struck, and would read as if it were valid.
_STRUCK = re.compile(r"<(s|del)(?: [^<>]*)?>.*?</\1>", re.DOTALL)
# Links from footnotes back to the text are signs and no words.
_BACK_LINK = re.compile(rf" ?<a [^<>]*>{BACK_SIGN}</a>")
_LINES = re.compile(r"<pre[^<>]*>.*?</pre>", re.DOTALL)
# A quoted attribute may contain a >.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*>")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")


def plain_text(html: str) -> str:
    """Return the text as readers see it: one line for each block, entities decoded, no markup, no struck text.
    References have the words of now."""
    if has_references(html):
        html = CleanHtml(fill_references(clean_html(html), at=timezone.now()))
    if isinstance(html, CleanHtml):
        if "<pre" in html:
            html = _LINES.sub(lambda lines: lines[0].replace("\n", "<br>"), html)
        html = _BACK_LINK.sub("", html) if BACK_SIGN in html else html
        text = unescape(_TAG.sub(_separator, _STRUCK.sub("", html).replace("\n", " ")))
    else:
        pieces: list[str] = []
        _collect_text(replace_tags(parse_html(normalize_html(html))), pieces=pieces)
        text = "".join(pieces)
    lines = map(tidy_line, text.split("\n"))
    return "\n".join(line for line in lines if line)


def _separator(tag: re.Match[str]) -> str:
    """Return what separates the words before and after a tag. Clean HTML needs no tree for that, which makes imports of
    thousands of texts faster."""
    if tag[2] in _INLINE_TAGS:
        return ""
    return (" " if tag[1] else "") if tag[2] in _CELL_TAGS else "\n"


def _collect_text(nodes: list[Node], *, pieces: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(_SPACES.sub(" ", node.replace("\n", " ")))
        elif node.tag in STRUCK_TAGS:
            continue
        elif node.tag in _CELL_TAGS:
            _collect_text(node.children, pieces=pieces)
            pieces.append(" ")
        elif node.tag in _INLINE_TAGS:
            _collect_text(node.children, pieces=pieces)
        else:
            pieces.append("\n")
            _collect_text(break_lines(node.children) if node.tag == "pre" else node.children, pieces=pieces)
            pieces.append("\n")


def text_to_html(text: str) -> str:
    """Convert plain text to clean HTML. Blank lines separate paragraphs; without blank lines, line breaks do."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    paragraphs = BLANK_LINE.split(text) if BLANK_LINE.search(text) else text.split("\n")
    html = "".join(f"<p>{escape(paragraph.strip())}</p>" for paragraph in paragraphs)
    return clean_html(html.replace("\n", "<br>"))
