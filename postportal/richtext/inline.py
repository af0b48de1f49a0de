"""Inline content of paragraphs, headings, captions and preformatted lines."""

import re
from collections.abc import Iterable

from postportal.richtext.anchors import is_anchor, take_anchor_ids
from postportal.richtext.blocks import is_block
from postportal.richtext.pictures import link_attributes
from postportal.richtext.replacements import REMOVED_IF_EMPTY
from postportal.richtext.tree import Element, Node, break_lines, is_blank

_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def keep_inline(nodes: Iterable[Node], *, without: frozenset[str] = frozenset()) -> list[Node]:
    """Return only the inline content. Blocks inside it are replaced with their content, between line breaks."""
    result: list[Node] = []
    is_after_block = False
    for node in nodes:
        is_inner_block = is_block(node)
        piece = _inline_piece(node, without)
        if (is_inner_block or is_after_block) and not is_blank(result) and not is_blank(piece):
            result.append(" " if "br" in without else Element("br"))
        is_after_block = is_inner_block or (is_after_block and is_blank(piece))
        result.extend(piece)
    return result


def _inline_piece(node: Node, without: frozenset[str]) -> list[Node]:
    if isinstance(node, str):
        return [node]
    if is_block(node):
        inner = keep_inline(break_lines(node.children) if node.tag == "pre" else node.children, without=without)
        return [Element("a", {"id": node.attributes["id"]}), *inner] if "id" in node.attributes else inner
    if node.tag in without:
        anchor = [Element("a", {"id": node.attributes["id"]})] if "id" in node.attributes else []
        return [*anchor, *(keep_inline(node.children, without=without) or ([" "] if not anchor else []))]
    return _tidy_inline(node, without=without)


def _tidy_inline(element: Element, *, without: frozenset[str]) -> list[Node]:
    # Bold inside bold is pointless, and a link inside a link is invalid.
    inner = without if element.tag == "span" else without | {element.tag}
    element.children = keep_inline(element.children, without=inner)
    attributes = element.attributes
    if is_anchor(element):
        return [element]
    if (element.tag == "a" and "href" not in attributes) or (element.tag == "span" and not attributes):
        return element.children
    if element.tag == "a":
        attributes.pop("rel", None)
        attributes |= link_attributes(attributes["href"])
        return _with_anchors_outside(element)
    return [] if element.tag in REMOVED_IF_EMPTY and not element.children else [element]


def _with_anchors_outside(link: Element) -> list[Node]:
    """Return the link with the anchors in it as its own id and before it: a parser ends a link where another begins. A
    link without words is only its anchors."""
    ids = [name for name in [link.attributes.pop("id", ""), *take_anchor_ids(link.children)] if name]
    anchors: list[Node] = [Element("a", {"id": name}) for name in (ids[1:] if link.children else ids)]
    if not link.children:
        return anchors
    link.attributes |= {"id": ids[0]} if ids else {}
    return [*anchors, link]


def to_lines(nodes: list[Node]) -> list[Node]:
    """Return the inline content of preformatted text: line breaks as characters, no blank lines at start and end."""
    result = _without_breaks(nodes)
    while result and isinstance(result[0], str):
        result[0] = _BLANK_LINES.sub("", result[0])
        if result[0]:
            break
        result.pop(0)
    while result and isinstance(result[-1], str):
        result[-1] = result[-1].rstrip()
        if result[-1]:
            break
        result.pop()
    return result


def _without_breaks(nodes: list[Node]) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        piece = "\n" if isinstance(node, Element) and node.tag == "br" else node
        if isinstance(piece, Element):
            piece.children = _without_breaks(piece.children)
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        else:
            result.append(piece)
    return result
