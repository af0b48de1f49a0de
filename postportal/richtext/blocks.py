"""Blocks and inline content: what surrounds blocks is moved inside them, so that formatting never costs structure."""

from collections.abc import Iterable, Iterator

from postportal.richtext.allowed_html import BLOCK_TAGS, SEPARATOR_TAGS, TABLE_PART_TAGS
from postportal.richtext.tree import Element, Node, is_blank

STRUCTURE_TAGS = BLOCK_TAGS | SEPARATOR_TAGS | TABLE_PART_TAGS


def is_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in STRUCTURE_TAGS


def contains_block(node: Node) -> bool:
    return isinstance(node, Element) and any(part.tag in STRUCTURE_TAGS for part in node.walk())


def split_inline(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the nodes without inline elements that surround blocks: `<a><h2>x</h2></a>` becomes `<h2><a>x</a></h2>`."""
    for node in nodes:
        if isinstance(node, Element) and not is_block(node) and contains_block(node):
            yield from wrap_inside(node, split_inline(node.children))
        else:
            yield node


def wrap_inside(wrapper: Element, nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes with the inline content of every block in a copy of the wrapper."""
    return _wrap_inside(wrapper.tag, dict(wrapper.attributes), nodes)


def _wrap_inside(tag: str, attributes: dict[str, str], nodes: Iterable[Node]) -> list[Node]:
    """Wrap the nodes as `wrap_inside` does. The first copy takes the id out of `attributes`."""
    result: list[Node] = []
    run: list[Node] = []

    def end_run() -> None:
        if not is_blank(run):
            result.append(Element(tag, dict(attributes), [*run]))
            attributes.pop("id", None)  # An id belongs to one element.
        else:
            result.extend(run)
        run.clear()

    for node in split_inline(nodes):
        if isinstance(node, Element) and is_block(node):
            end_run()
            node.children = _wrap_inside(tag, attributes, node.children)
            result.append(node)
        else:
            run.append(node)
    end_run()
    return result


def split_block(element: Element) -> list[Node]:
    """Return the paragraph or heading in pieces: its blocks as they are, its text before and after them as the like."""
    attributes = dict(element.attributes)
    result: list[Node] = []
    run: list[Node] = []
    for node in [*split_inline(element.children), None]:
        if node is not None and not is_block(node):
            run.append(node)
            continue
        if run and not is_blank(run):
            result.append(Element(element.tag, dict(attributes), run))
            attributes.pop("id", None)
        run = []
        if node is not None:
            result.append(node)
    return result
