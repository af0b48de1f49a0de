"""Headings of a text, for its table of contents."""

from typing import NamedTuple

from postportal.richtext.tree import Element, parse_html


class Heading(NamedTuple):
    level: int
    anchor: str
    text: str


def list_headings(html: str) -> list[Heading]:
    """Return the headings of clean HTML, in which every heading is at the top level and has an id."""
    return [
        Heading(int(node.tag[1]), node.attributes["id"], node.text())
        for node in parse_html(html)
        if isinstance(node, Element) and node.tag in {"h2", "h3", "h4"} and "id" in node.attributes
    ]
