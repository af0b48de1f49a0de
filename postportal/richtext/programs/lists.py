"""Lists of word processors that are paragraphs with a number or bullet, or one list for each item."""

import re
from dataclasses import dataclass

from postportal.richtext.programs.styles import Style, Styles
from postportal.richtext.tree import Element, Node

_LIST = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d+)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_BULLET = re.compile(r"\s*([•●◦▪■‣⁃·∙・\uf0b7\uf0a7\uf0d8\uf0fc○□➢✓§]|o|-|–)\s*")
_NUMBERED = (
    (re.compile(r"\s*[（(]?\d+[.)、）．]?"), ""),
    (re.compile(r"\s*[（(]?(?:[ivx]{2,}|[iv])[.)、）]"), "i"),
    (re.compile(r"\s*[（(]?(?:[IVX]{2,}|[IV])[.)、）]"), "I"),
    (re.compile(r"\s*[（(]?[a-z][.)、）]"), "a"),
    (re.compile(r"\s*[（(]?[A-Z][.)、）]"), "A"),
)
_TYPES = {"alpha-lower": "a", "alpha-upper": "A", "roman-lower": "i", "roman-upper": "I"}
_WRAPPER = "ListContainerWrapper"


@dataclass
class _Item:
    content: list[Node]
    depth: int
    tag: str
    type: str = ""
    start: int = 1


@dataclass
class _OpenList:
    element: Element
    depth: int


def build_lists(nodes: list[Node], styles: Styles) -> list[Node]:
    """Return the nodes with lists instead of paragraphs that only look like items, at every level."""
    result: list[Node] = []
    open_lists: list[_OpenList] = []
    for node in nodes:
        items = _items_of(node, styles) if isinstance(node, Element) else []
        for item in items:
            _add_item(open_lists, item, result)
        if items:
            continue
        if isinstance(node, Element):
            node.children = build_lists(node.children, styles)
        if isinstance(node, Element) or node.strip():
            open_lists = []
        result.append(node)
    return result


def _items_of(element: Element, styles: Styles) -> list[_Item]:
    if _WRAPPER in element.attributes.get("class", "").split():
        return [item for each in element.find("ol", "ul") for item in _items_of_wrapper(each, styles)]
    match = _LIST.search(element.attributes.get("style", ""))
    # Numbered headings stay headings, with the number as words.
    if not match or element.tag not in {"p", "div", "li"}:
        return []
    marker = _take_marker(element)
    if element.tag == "li" or not marker.strip():
        return []
    level = styles.lists.get(f"{match[1]}:level{match[2]}", {})
    tag, kind, start = _kind_of(marker, level)
    return [_Item(element.children, int(match[2]), tag, kind, start)]


def _items_of_wrapper(element: Element, styles: Styles) -> list[_Item]:
    """Return the items of a list of Word on the web: each is in a wrapper, with its level as an attribute."""
    items: list[_Item] = []
    for item in element.children:
        if isinstance(item, Element) and item.tag == "li":
            names = item.attributes
            depth = _number(names.get("data-aria-level") or names.get("aria-level"))
            start = _number(names.get("data-aria-posinset"))
            items.append(_Item(build_lists(item.children, styles), depth, element.tag, start=start))
    return items


def _number(text: str | None) -> int:
    match = re.search(r"\d{1,4}", text or "")
    return int(match[0]) if match else 1


def _take_marker(element: Element) -> str:
    """Remove the number or bullet of a paragraph, which Word marks as to be ignored, and return it."""
    kept: list[Node] = []
    marker = ""
    for child in element.children:
        if isinstance(child, Element):
            if _IGNORED.search(child.attributes.get("style", "")):
                marker += child.text()
                continue
            marker += _take_marker(child)
        kept.append(child)
    element.children = kept
    return marker


def _kind_of(marker: str, level: Style) -> tuple[str, str, int]:
    """Return the tag, type and first number of the list."""
    given = level.get("mso-level-number-format")
    if given in _TYPES:
        return "ol", _TYPES[given], _number(marker)
    if given == "bullet" or _BULLET.fullmatch(marker):
        return "ul", "", 1
    for pattern, kind in _NUMBERED:
        if pattern.match(marker):
            return "ol", kind, _number(marker)
    return ("ol" if any(map(str.isalnum, marker)) else "ul"), "", 1


def _add_item(open_lists: list[_OpenList], item: _Item, before: list[Node]) -> None:
    """Add an item to the open lists, which are those around it: one for each depth."""
    while open_lists and open_lists[-1].depth > item.depth:
        open_lists.pop()
    if open_lists and open_lists[-1].depth == item.depth and open_lists[-1].element.tag != item.tag:
        open_lists.pop()
    if not open_lists or open_lists[-1].depth != item.depth:
        attributes = {"type": item.type} if item.type else {}
        if item.tag == "ol" and item.start > 1:
            attributes["start"] = str(item.start)
        new = Element(item.tag, attributes)
        last = open_lists[-1].element.children[-1] if open_lists else None
        (last.children if isinstance(last, Element) else before).append(new)
        open_lists.append(_OpenList(new, item.depth))
    open_lists[-1].element.children.append(Element("li", {}, [Element("p", {}, item.content)]))
