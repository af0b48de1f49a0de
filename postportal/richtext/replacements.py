"""Replacement of tags and styles that texts may not have with the elements that mean the same."""

import re
from collections.abc import Iterable

from postportal.richtext.allowed_html import REPLACED_TAGS
from postportal.richtext.blocks import contains_block, wrap_inside
from postportal.richtext.tree import Element, Node, break_lines

REMOVED_IF_EMPTY = {
    *("a", "abbr", "cite", "code", "del", "em", "ins", "q", "s", "span", "strong", "sub", "sup"),
}
# The reading of Chinese and Japanese characters, and the brackets around it.
RUBY_TAGS = {"rt", "rp"}
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through")
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b")
_LINES = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|preserve|break-spaces)")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)\b")
_NOT_ITALIC = re.compile(r"font-style\s*:\s*normal\b")
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*\b(lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman)\b"
)
_LIST_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}


def replace_tags(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes with allowed tags only, and without inline elements that are empty."""
    result: list[Node] = []
    previous = ""
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
            previous = "" if node.strip() else previous
            continue
        node.tag = REPLACED_TAGS.get(node.tag, node.tag)
        list_type = _list_type(node) if node.tag == "ol" else ""
        node.children = replace_tags(node.children)
        _apply_style(node, node.attributes.pop("style", "").lower())
        if list_type:
            node.attributes.setdefault("type", list_type)
        if node.tag in RUBY_TAGS:
            result.extend(["(", *node.children, ")"] if node.tag == "rt" and previous != "rp" else node.children)
        elif node.tag not in REMOVED_IF_EMPTY or node.children or node.attributes.keys() & {"id", "name"}:
            result.append(node)
        previous = node.tag
    return result


def _apply_style(element: Element, style: str) -> None:
    """Translate the styles that change what a text says: a struck price is not the price, and 10² is not 102."""
    if not style:
        return
    if (element.tag == "strong" and _NOT_BOLD.search(style)) or (element.tag == "em" and _NOT_ITALIC.search(style)):
        element.tag = "span"
    if _LINES.search(style) and element.tag != "pre" and not any(map(contains_block, element.children)):
        element.children = break_lines(element.children)
    raised = _RAISED.search(style)
    if raised and element.tag in REMOVED_IF_EMPTY:
        element.children = [Element("sup" if raised[1] == "super" else "sub", {}, element.children)]
    if _STRUCK.search(style) and element.tag not in {"s", "del"}:
        element.children = wrap_inside(Element("s"), element.children)


def _list_type(element: Element) -> str:
    """Return the type of a numbered list whose numbers are letters by its style or that of its first item."""
    items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"][:1]
    for part in (element, *items):
        match = _LIST_STYLE.search(part.attributes.get("style", "").lower())
        if match:
            return _LIST_TYPES[match[1]]
    return ""
