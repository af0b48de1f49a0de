"""Conversion of paragraphs that begin with a bullet character, as pasted from Word, to lists."""

import re

from postportal.richtext.tree import Element, Node, to_text, trim_nodes

# No sentence begins with a bullet. One may begin with a hyphen, so those need at least two paragraphs, none of them a
# number: “- 5” is minus five. A middle dot before a figure is a decimal point, and an asterisk refers to a note.
_BULLET = re.compile(r"\s*(?:(?:[•●◦▪■‣⁃\uf0b7\uf0a7]|[·∙・](?!\d))\s*)+(?=\S)")
_HYPHEN = re.compile(r"\s*(?:-\s+)+(?=\S)")
_NUMBER = re.compile(r"\s*(?:[-+−±]\s*)+(?:[^\W_]{0,3}\s?[^\w\s]?\s?)?[\d¼-¾⅐-↉零〇一二三四五六七八九十百千万亿]")


def convert_bullets_to_lists(nodes: list[Node]) -> list[Node]:
    """Replace runs of paragraphs that begin with a bullet with unordered lists."""
    lines: list[Node] = []
    for node in nodes:
        lines.extend(_split_paragraph(node))
    result: list[Node] = []
    position = 0
    while position < len(lines):
        length = _bullet_run_length(lines[position:], pattern=_BULLET)
        is_list = length > 0
        if not is_list:
            length = _bullet_run_length(lines[position:], pattern=_HYPHEN)
            run = lines[position : position + length]
            is_list = length > 1 and not any(_NUMBER.match(to_text([line])) for line in run)
        length = length or 1
        run = lines[position : position + length]
        result.extend([_make_list(run)] if is_list else run)
        position += length
    return result


def _split_paragraph(node: Node) -> list[Node]:
    """Split a paragraph at its line breaks if every line begins with a bullet."""
    if not isinstance(node, Element) or node.tag != "p":
        return [node]
    parts: list[list[Node]] = [[]]
    for child in node.children:
        if isinstance(child, Element) and child.tag == "br":
            parts.append([])
        else:
            parts[-1].append(child)
    if len(parts) > 1 and all(_BULLET.match(to_text(part)) for part in parts):
        return [Element("p", dict(node.attributes), part) for part in parts]
    return [node]


def _bullet_run_length(nodes: list[Node], *, pattern: re.Pattern[str]) -> int:
    for length, node in enumerate(nodes):
        if not (isinstance(node, Element) and node.tag == "p" and pattern.match(node.text())):
            return length
    return len(nodes)


def _make_list(paragraphs: list[Node]) -> Element:
    items: list[Node] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, Element):
            mark = _BULLET.match(paragraph.text()) or _HYPHEN.match(paragraph.text())
            _cut_text(paragraph, mark.end() if mark else 0)
            items.append(Element("li", paragraph.attributes, trim_nodes(paragraph.children)))
    return Element("ul", {}, items)


def _cut_text(element: Element, length: int) -> int:
    """Remove `length` characters from the start of the text, however nested. Return the number left to remove."""
    for index, child in enumerate(element.children):
        if not length:
            break
        if isinstance(child, str):
            cut = min(length, len(child))
            element.children[index] = child[cut:]
            length -= cut
        else:
            length = _cut_text(child, length)
    element.children = [child for child in element.children if not _is_empty(child)]
    return length


def _is_empty(node: Node) -> bool:
    return not node if isinstance(node, str) else node.tag != "br" and not node.children and "id" not in node.attributes
