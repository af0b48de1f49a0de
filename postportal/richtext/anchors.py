"""Ids of headings, footnotes and other elements, to which links lead.

A stored id begins with `s-`, so that it cannot clash with the ids of the page around the text. It never changes again:
other sites may link to it. Links within the text are adjusted when an id gets its prefix.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.utils.text import slugify

from postportal.richtext.allowed_html import ANCHOR, ID_TAGS
from postportal.richtext.blocks import is_block
from postportal.richtext.tree import VOID_TAGS, Element, Node, is_blank

HEADING_TAGS = {"h2", "h3", "h4"}
_CONTAINER_TAGS = {"table", "caption", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl"}
_INLINE_HOLDERS = {"p", "h2", "h3", "h4", "li", "dt", "dd", "td", "th", "pre", "figcaption", "caption", "footer"}
_OTHER = re.compile(r"[^\w-]+")


def settle_ids(nodes: list[Node]) -> list[Node]:
    """Return the nodes with the ids that are kept on the elements that may have one, and with links that lead there.

    Kept are stored ids, those of headings and anchors, and those to which the text itself links. Word processors give
    many elements an id that nothing leads to."""
    links = [link for node in nodes if isinstance(node, Element) for link in node.find("a")]
    linked = {unquote(_fragment(link)) for link in links}
    names: dict[str, str] = {}
    result = _Settler(linked, names).settle(nodes)
    for link in links:
        stored = names.get(unquote(_fragment(link))) or names.get(_fragment(link))
        if stored:
            link.attributes["href"] = f"#{stored}"
    return result


def _fragment(link: Element) -> str:
    href = link.attributes.get("href", "")
    return href[1:] if href.startswith("#") else ""


class _Settler:
    """Gives out stored ids. `names` gets the stored id for each given one."""

    def __init__(self, linked: set[str], names: dict[str, str]) -> None:
        self.linked = linked
        self.names = names
        self.used: set[str] = set()

    def settle(self, nodes: list[Node]) -> list[Node]:
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                result.append(node)
                continue
            stored = self._stored_id(node)
            node.children = self.settle(node.children)
            if stored and not _place_id(node, stored):
                result.append(Element("a", {"id": stored}))
            is_link = node.tag != "a" or "href" in node.attributes
            # An anchor is empty: it marks a place and not the words after it.
            result.extend([node] if is_link else [*_anchors(node), *node.children])
        return result

    def _stored_id(self, element: Element) -> str:
        given = [element.attributes.pop(name, "").strip() for name in ("id", "name")]
        kept = [name for name in given if name and name not in self.names and self._is_kept(name, element)]
        if not kept:
            return ""
        stored = kept[0] if ANCHOR.fullmatch(kept[0]) else f"s-{_OTHER.sub('-', kept[0])[:90]}"
        stored = unique_id(stored, self.used)
        self.names |= dict.fromkeys(kept, stored)
        return stored

    def _is_kept(self, name: str, element: Element) -> bool:
        return bool(ANCHOR.fullmatch(name)) or name in self.linked or element.tag in HEADING_TAGS | {"a"}


def _place_id(element: Element, stored: str) -> bool:
    """Put the id on the element or into it. Return False if it has to stand before the element."""
    if element.tag in VOID_TAGS:
        return False
    if element.tag in _CONTAINER_TAGS:
        owners = (part for part in element.walk() if part.tag in ID_TAGS and "id" not in part.attributes)
        owner = next(owners, None)
        if owner is None:
            return False
        owner.attributes["id"] = stored
    elif element.tag in ID_TAGS:
        element.attributes["id"] = stored
    else:
        element.children.insert(0, Element("a", {"id": stored}))
    return True


def _anchors(element: Element) -> list[Node]:
    return [Element("a", {"id": element.attributes["id"]})] if "id" in element.attributes else []


def unique_id(stem: str, used: set[str]) -> str:
    """Return the id, with a number if it is used, and note it."""
    name, number = stem, 1
    while name in used:
        number += 1
        name = f"{stem}-{number}"
    used.add(name)
    return name


def is_anchor(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "a" and "href" not in node.attributes and "id" in node.attributes


def take_leading_anchor(element: Element) -> None:
    """Give a block without an id that of the anchor at its start."""
    first = next((child for child in element.children if not isinstance(child, str) or child.strip()), None)
    if isinstance(first, Element) and is_anchor(first) and "id" not in element.attributes:
        element.attributes["id"] = first.attributes["id"]
        element.children = [child for child in element.children if child is not first]


def take_anchor_ids(nodes: list[Node]) -> list[str]:
    """Remove the anchors from the nodes, at any depth, and return their ids."""
    ids: list[str] = []
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and is_anchor(node):
            ids.append(node.attributes["id"])
            continue
        taken = take_anchor_ids(node.children) if isinstance(node, Element) else []
        ids.extend(taken)
        # Formatting around nothing but an anchor goes with it.
        if not (taken and isinstance(node, Element) and not node.children):
            kept.append(node)
    nodes[:] = kept
    return ids


def hand_on_ids(blocks: list[Node]) -> list[Node]:
    """Return the blocks without those that contain only anchors. The block after them gets their ids."""
    result: list[Node] = []
    waiting: list[str] = []
    for block in blocks:
        if isinstance(block, Element) and is_blank([block]):
            waiting.extend(ids_in(block))
            continue
        if waiting and isinstance(block, Element):
            waiting = _attach_ids(block, waiting)
        result.append(block)
    for block in reversed(result):
        if waiting and isinstance(block, Element):
            waiting = _attach_ids(block, waiting)
    return result


def ids_in(element: Element) -> list[str]:
    return [part.attributes["id"] for part in element.walk() if "id" in part.attributes]


def _attach_ids(block: Element, ids: list[str]) -> list[str]:
    """Put the ids on the block, on what it begins with or before its first word. Return those without a place."""
    rest = list(ids)
    *_, innermost = starts = list(_starts_of(block))
    for element in starts:
        if rest and element.tag in ID_TAGS and "id" not in element.attributes:
            element.attributes["id"] = rest.pop(0)
    if innermost.tag not in _INLINE_HOLDERS:
        return rest
    innermost.children[:0] = [Element("a", {"id": name}) for name in rest]
    return []


def _starts_of(block: Element) -> Iterator[Element]:
    """Yield the block, the block that it begins with, and so on to the one that begins with words."""
    yield block
    first = next((child for child in block.children if not isinstance(child, str) or child.strip()), None)
    if isinstance(first, Element) and is_block(first):
        yield from _starts_of(first)


def add_heading_ids(blocks: list[Node]) -> None:
    """Give every heading without an id one made of its words, for tables of contents."""
    elements = [block for block in blocks if isinstance(block, Element)]
    used = {name for element in elements for name in ids_in(element)}
    for block in elements:
        if block.tag in HEADING_TAGS and "id" not in block.attributes:
            stem = slugify(block.text(), allow_unicode=True)[:60].strip("-") or "section"
            block.attributes["id"] = unique_id(f"s-{stem}", used)
