"""Tidying of allowed markup into the structures the stylesheet supports: blocks at the top, inline content inside."""

from collections.abc import Iterable

from django.utils.text import slugify

from postportal.richtext.allowed_html import BLOCK_TAGS, IMAGE_SIZES, LIST_TAGS, REPLACED_TAGS, SEPARATOR_TAGS
from postportal.richtext.bullets import convert_bullets_to_lists
from postportal.richtext.tables import tidy_table, wrap_in_regions
from postportal.richtext.tree import Element, Node, is_blank, trim_nodes

HEADING_TAGS = {"h2", "h3", "h4"}
_REMOVED_IF_EMPTY = {"a", "abbr", "cite", "code", "em", "q", "span", "strong", "sub", "sup"}
_STRUCTURE_TAGS = BLOCK_TAGS | SEPARATOR_TAGS | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}


def tidy_nodes(nodes: list[Node]) -> list[Node]:
    """Return the nodes as top-level blocks, with ids for headings and regions around tables."""
    blocks = _to_blocks(_replace_tags(nodes))
    _add_heading_ids(blocks)
    return wrap_in_regions(blocks)


def _replace_tags(nodes: Iterable[Node]) -> list[Node]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            node.tag = REPLACED_TAGS.get(node.tag, node.tag)
            node.children = _replace_tags(node.children)
            if node.tag in _REMOVED_IF_EMPTY and not node.children:
                continue
        result.append(node)
    return result


def _to_blocks(nodes: list[Node]) -> list[Node]:
    """Return the content of a container as blocks. Inline content between blocks becomes a paragraph."""
    result: list[Node] = []
    run: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and not _is_block(node):
            run.append(node)
            continue
        if run:
            result.extend(_tidy_paragraph(Element("p", {}, run)))
            run = []
        if isinstance(node, Element):
            result.extend(_tidy_block(node))
    return convert_bullets_to_lists(result)


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in _STRUCTURE_TAGS


def _tidy_block(element: Element) -> list[Node]:
    if element.tag == "p":
        return _tidy_paragraph(element)
    if element.tag in HEADING_TAGS:
        return _tidy_heading(element)
    if element.tag in LIST_TAGS:
        return _tidy_list(element)
    if element.tag == "hr":
        return [element]
    if element.tag == "table":
        return _tidy_table(element)
    if element.tag == "figure":
        return _tidy_figure(element)
    if element.tag == "blockquote" or element.attributes.get("class") == "inset":
        return _tidy_aside(element)
    return _to_blocks(element.children)


def _tidy_paragraph(element: Element) -> list[Node]:
    images = element.find("img")
    element.children = trim_nodes(_keep_inline(element.children))
    text: list[Node] = [] if is_blank(element.children) else [element]
    # A picture becomes a figure of its own, which can have a caption.
    return text + [node for image in images for node in _tidy_figure(Element("figure", {}, [image]))]


def _tidy_heading(element: Element) -> list[Node]:
    element.children = trim_nodes(_keep_inline(element.children, without=frozenset({"strong", "br"})))
    element.attributes.pop("id", None)
    return [] if is_blank(element.children) else [element]


def _tidy_list(element: Element) -> list[Node]:
    items: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            child.children = _tidy_item(child.children)
        elif isinstance(child, Element) and child.tag in LIST_TAGS and items:
            # Word and old editors put a nested list after its item instead of inside it.
            last = items[-1]
            if isinstance(last, Element):
                last.children.extend(_tidy_list(child))
            continue
        else:
            child = Element("li", {}, _tidy_item([child]))
        if not is_blank(child.children):
            items.append(child)
    return [Element(element.tag, element.attributes, items)] if items else []


def _tidy_item(nodes: list[Node]) -> list[Node]:
    """Return the content of a list item or table cell. A single paragraph needs no `<p>`."""
    blocks = [node for node in _to_blocks(nodes) if isinstance(node, Element)]
    nested_lists = [node for node in nodes if isinstance(node, Element) and node.tag in LIST_TAGS]
    if len(blocks) == 1 and blocks[0].tag == "ul" and len(blocks[0].children) == 1 and not nested_lists:
        # A bullet character that was typed into a list item.
        return [node for item in blocks[0].children if isinstance(item, Element) for node in item.children]
    if sum(block.tag == "p" for block in blocks) == 1 and blocks[0].tag == "p" and not blocks[0].attributes:
        return [*blocks[0].children, *blocks[1:]]
    return [*blocks]


def _tidy_table(table: Element) -> list[Node]:
    for cell in table.find("td", "th"):
        cell.children = _tidy_item([node for node in cell.children if not _is_table(node)])
    for caption in table.find("caption"):
        caption.children = trim_nodes(_keep_inline(caption.children))
    tidy_table(table)
    return [] if is_blank(table.children) else [table]


def _is_table(node: Node) -> bool:
    return isinstance(node, Element) and bool(node.find("table"))


def _tidy_figure(figure: Element) -> list[Node]:
    images = [image for image in figure.find("img") if image.attributes.get("src")][:1]
    if not images:
        return _to_blocks([node for node in figure.children if not (isinstance(node, Element) and node.tag == "img")])
    captions = figure.find("figcaption")[:1]
    for caption in captions:
        caption.children = trim_nodes(_keep_inline(caption.children))
    for image in images:
        _complete_image(image)
    figure.children = [*images, *(caption for caption in captions if not is_blank(caption.children))]
    return [figure]


def _complete_image(image: Element) -> None:
    image.attributes.setdefault("alt", "")
    image.attributes |= {"loading": "lazy", "decoding": "async"}
    image.attributes.pop("sizes", None)
    if "srcset" in image.attributes:
        image.attributes["sizes"] = IMAGE_SIZES


def _tidy_aside(element: Element) -> list[Node]:
    element.attributes["class"] = "quote" if element.tag == "blockquote" else "inset"
    footers = [child for child in element.children if isinstance(child, Element) and child.tag == "footer"]
    element.children = _to_blocks([child for child in element.children if child not in footers])
    if not element.children:
        return [node for footer in footers for node in _to_blocks(footer.children)]
    for footer in footers[:1] if element.tag == "blockquote" else []:
        footer.children = trim_nodes(_keep_inline(footer.children))
        element.children.extend([] if is_blank(footer.children) else [footer])
    return [element]


def _keep_inline(nodes: Iterable[Node], *, without: frozenset[str] = frozenset()) -> list[Node]:
    """Return only the inline content. Blocks inside it are replaced with their content, after a line break."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result.append(node)
        elif _is_block(node):
            inner = _keep_inline(node.children, without=without)
            if not is_blank(result) and not is_blank(inner):
                result.append(" " if "br" in without else Element("br"))
            result.extend(inner)
        elif node.tag in without:
            result.extend(_keep_inline(node.children, without=without) or [" "])
        else:
            result.extend(_tidy_inline(node, without=without))
    return result


def _tidy_inline(element: Element, *, without: frozenset[str]) -> list[Node]:
    # Bold inside bold is pointless, and a link inside a link is invalid.
    inner = without if element.tag == "span" else without | {element.tag}
    element.children = _keep_inline(element.children, without=inner)
    attributes = element.attributes
    if element.tag == "img":
        return []
    if (element.tag == "a" and "href" not in attributes) or (element.tag == "span" and not attributes):
        return element.children
    if element.tag == "a":
        attributes.pop("rel", None)
        if attributes["href"].lower().startswith("http"):
            attributes["rel"] = "noopener"
    return [] if element.tag in _REMOVED_IF_EMPTY and not element.children else [element]


def _add_heading_ids(blocks: list[Node]) -> None:
    """Set unique ids on headings, for tables of contents. The prefix prevents clashes with other ids on the page."""
    used: set[str] = set()
    for block in blocks:
        if isinstance(block, Element) and block.tag in HEADING_TAGS:
            name = stem = f"s-{slugify(block.text(), allow_unicode=True)[:60].strip('-') or 'section'}"
            number = 1
            while name in used:
                number += 1
                name = f"{stem}-{number}"
            used.add(name)
            block.attributes["id"] = name
