"""Tree of elements and text, parsed from sanitized and therefore well-formed HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from postportal.richtext.allowed_html import INLINE_TAGS

VOID_TAGS = {"br", "hr", "img"}
# No text needs deeper markup, and recursion over it would fail.
MAX_DEPTH = 40

_ATTRIBUTE_ORDER = (
    *("id", "class", "lang", "dir", "href", "rel", "src", "srcset", "sizes", "width", "height", "alt", "loading"),
    *(
        "decoding",
        "title",
        "start",
        "reversed",
        "value",
        "scope",
        "colspan",
        "rowspan",
        "role",
        "tabindex",
        "aria-label",
    ),
)
_ATTRIBUTE_RANK = {name: rank for rank, name in enumerate(_ATTRIBUTE_ORDER)}


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def html(self) -> str:
        # In a fixed order, so that comparing two texts shows only real changes.
        names = sorted(self.attributes, key=lambda name: _ATTRIBUTE_RANK.get(name, len(_ATTRIBUTE_RANK)))
        attributes = "".join(f' {name}="{escape(self.attributes[name])}"' for name in names)
        if self.tag in VOID_TAGS:
            return f"<{self.tag}{attributes}>"
        return f"<{self.tag}{attributes}>{to_html(self.children)}</{self.tag}>"

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]

    def text(self) -> str:
        return to_text(self.children)


Node = Element | str


def to_html(nodes: list[Node]) -> str:
    return "".join(escape(node, quote=False) if isinstance(node, str) else node.html() for node in nodes)


def to_text(nodes: list[Node]) -> str:
    return "".join(node if isinstance(node, str) else node.text() for node in nodes)


def is_blank(nodes: list[Node]) -> bool:
    """Return True if the nodes have neither words nor a picture or dividing line. No-break spaces do not count."""
    return all(
        not node.strip() if isinstance(node, str) else node.tag not in {"img", "hr"} and is_blank(node.children)
        for node in nodes
    )


def trim_nodes(nodes: list[Node]) -> list[Node]:
    """Remove white space and line breaks at both ends."""

    def is_space(node: Node) -> bool:
        return not node.strip() if isinstance(node, str) else node.tag == "br"

    start, end = 0, len(nodes)
    while start < end and is_space(nodes[start]):
        start += 1
    while start < end and is_space(nodes[end - 1]):
        end -= 1
    nodes = nodes[start:end]
    if nodes and isinstance(nodes[0], str):
        nodes = [nodes[0].lstrip(), *nodes[1:]]
    if nodes and isinstance(nodes[-1], str):
        nodes = [*nodes[:-1], nodes[-1].rstrip()]
    return nodes


def break_lines(nodes: list[Node]) -> list[Node]:
    """Return preformatted content with its lines separated by line breaks, as other blocks have them."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            for number, line in enumerate(node.split("\n")):
                result.extend([Element("br"), line] if number else [line])
        else:
            result.append(Element(node.tag, node.attributes, break_lines(node.children)))
    return [node for node in result if node != ""]


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Tidying adds the regions (div): they must not count, or its own output would be too deep.
        if tag not in VOID_TAGS | {"div"} and len(self.open) > MAX_DEPTH:
            self.skipped += 1
            self._separate_words(tag)
            return
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID_TAGS:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= 1
            self._separate_words(tag)
        elif len(self.open) > 1:
            self.open.pop()

    def _separate_words(self, tag: str) -> None:
        if tag not in INLINE_TAGS:
            self.open[-1].children.append(" ")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(unicodedata.normalize("NFC", data))


def parse_html(html: str) -> list[Node]:
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root.children
