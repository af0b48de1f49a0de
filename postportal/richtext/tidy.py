"""Tidying of allowed markup into the structures the stylesheet supports: blocks at the top, inline content inside.

No word is lost: what does not fit where it is found moves to the nearest place where it does.
"""

from collections.abc import Callable

from postportal.richtext.allowed_html import LIST_TAGS, TERM_TAGS
from postportal.richtext.anchors import (
    HEADING_TAGS,
    add_heading_ids,
    hand_on_ids,
    ids_in,
    settle_ids,
    take_leading_anchor,
)
from postportal.richtext.blocks import contains_block, is_block, split_block, split_inline
from postportal.richtext.bullets import convert_bullets_to_lists
from postportal.richtext.footnotes import settle_notes
from postportal.richtext.galleries import gather_gallery, is_gallery
from postportal.richtext.inline import keep_inline, to_lines
from postportal.richtext.pictures import take_pictures
from postportal.richtext.replacements import replace_tags
from postportal.richtext.tables import tidy_table, wrap_in_regions
from postportal.richtext.tree import Element, Node, is_blank, trim_nodes

# Blocks that a heading cannot contain without losing their structure.
_NOT_IN_HEADINGS = {"table", "pre", "dl", "blockquote", "figure", "hr", *LIST_TAGS}


def tidy_nodes(nodes: list[Node]) -> list[Node]:
    """Return the nodes as top-level blocks, with ids for headings and regions around tables."""
    blocks = settle_notes(_to_blocks(settle_ids(replace_tags(nodes))))
    add_heading_ids(blocks)
    return wrap_in_regions(blocks)


def _to_blocks(nodes: list[Node]) -> list[Node]:
    """Return the content of a container as blocks. Inline content between blocks becomes a paragraph."""
    result: list[Node] = []
    run: list[Node] = []
    for node in [*split_inline(nodes), None]:
        if node is not None and not is_block(node):
            run.append(node)
            continue
        if run:
            result.extend(_tidy_paragraph(Element("p", {}, run)))
            run = []
        if isinstance(node, Element):
            result.extend(_tidy_block(node))
    return convert_bullets_to_lists(hand_on_ids(result))


def _tidy_block(element: Element) -> list[Node]:
    if element.tag == "hr":
        return [element]
    if element.tag == "dt":
        # Outside a definition list, where it is a paragraph.
        return _tidy_paragraph(Element("p", element.attributes, element.children))
    if element.attributes.get("class") == "inset":
        return _tidy_aside(element)
    if is_gallery(element):
        blocks = _to_blocks(element.children)
        return hand_on_ids([*_own_anchor(element), *gather_gallery(element, blocks)])
    tidy = _TIDIERS.get(element.tag)
    return tidy(element) if tidy else [*_own_anchor(element), *_to_blocks(element.children)]


def _own_anchor(element: Element) -> list[Node]:
    """Return the id of an element that is given up, as a blank paragraph whose id the next block gets."""
    return [Element("p", {"id": element.attributes["id"]})] if "id" in element.attributes else []


def _tidy_paragraph(element: Element) -> list[Node]:
    if any(map(contains_block, element.children)):
        return _to_blocks(split_block(element))
    # A picture becomes a figure of its own, which can have a caption.
    figures = take_pictures(element.children)
    element.children = trim_nodes(keep_inline(element.children))
    return [*_settle_start(element), *figures]


def _tidy_heading(element: Element) -> list[Node]:
    if any(isinstance(child, Element) and child.find(*_NOT_IN_HEADINGS) for child in element.children):
        return _to_blocks(split_block(element))
    figures = take_pictures(element.children)
    element.children = trim_nodes(keep_inline(element.children, without=frozenset({"strong", "br"})))
    return [*_settle_start(element), *figures]


def _settle_start(element: Element) -> list[Node]:
    """Take the id of an anchor at the start of the text. Return no element if it has neither text nor id."""
    take_leading_anchor(element)
    element.children = trim_nodes(element.children)
    return [element] if ids_in(element) or not is_blank(element.children) else []


def _tidy_lines(element: Element) -> list[Node]:
    """Return preformatted text as it is, without blank lines at its start and end."""
    figures = take_pictures(element.children)
    element.children = keep_inline(element.children)
    take_leading_anchor(element)
    element.children = to_lines(element.children)
    return [*([element] if ids_in(element) or not is_blank(element.children) else []), *figures]


def _tidy_list(element: Element) -> list[Node]:
    items: list[Element] = []
    for child in _gather_loose(element.children, known={"li", *LIST_TAGS}, tag="li"):
        if child.tag in LIST_TAGS and items:
            # Word and old editors put a nested list after its item instead of inside it.
            items[-1].children.extend(_tidy_list(child))
            continue
        item = child if child.tag == "li" else Element("li", {}, [child])
        _fill_item(item)
        items.append(item)
    # In a numbered list a blank item has a number too.
    kept: list[Node] = hand_on_ids([*items]) if element.tag == "ul" else [*items]
    while kept and is_blank([kept[-1]]):
        kept.pop()
    return [Element(element.tag, element.attributes, kept)] if kept else []


def _gather_loose(nodes: list[Node], *, known: set[str], tag: str) -> list[Element]:
    """Return the elements with known tags. Whatever stands between them is put into elements with the given tag."""
    result: list[Element] = []
    is_open = False
    for node in nodes:
        if isinstance(node, Element) and node.tag in known:
            result.append(node)
            is_open = False
        elif is_open:
            result[-1].children.append(node)
        elif not isinstance(node, str) or node.strip():
            result.append(Element(tag, {}, [node]))
            is_open = True
    return result


def _fill_item(item: Element) -> None:
    """Tidy the content of a list item, definition or table cell. A single paragraph needs no `<p>`."""
    nested_lists = [node for node in item.children if isinstance(node, Element) and node.tag in LIST_TAGS]
    blocks = [node for node in _to_blocks(item.children) if isinstance(node, Element)]
    first = blocks[0] if blocks else None
    item.children = [*blocks]
    if first and len(blocks) == 1 and first.tag == "ul" and len(first.children) == 1 and not nested_lists:
        # A bullet character that was typed into a list item.
        item.children = [node for inner in first.children if isinstance(inner, Element) for node in inner.children]
    elif first and first.tag == "p" and sum(block.tag == "p" for block in blocks) == 1:
        _unwrap(item, first)


def _unwrap(item: Element, paragraph: Element) -> None:
    own = paragraph.attributes
    if own.keys() <= {"id"} and ("id" not in own or "id" not in item.attributes):
        item.attributes |= own
        item.children[:1] = paragraph.children
        take_leading_anchor(item)


def _tidy_terms(element: Element) -> list[Node]:
    """Return a definition list in which every definition has a term. Without one, definitions are paragraphs."""
    loose: list[Node] = []
    entries: list[Element] = []
    for entry in _gather_loose(_open_groups(element.children), known=TERM_TAGS, tag="dd"):
        if entry.tag == "dt":
            figures = _tidy_term(entry)
            entries.extend([entry, *([Element("dd", {}, figures)] if figures else [])])
        elif entries:
            _fill_item(entry)
            entries.append(entry)
        else:
            loose.extend([*_own_anchor(entry), *_to_blocks(entry.children)])
    kept = hand_on_ids([entry for entry in entries if ids_in(entry) or not is_blank([entry])])
    # Definitions whose term was blank.
    while kept and isinstance(first := kept[0], Element) and first.tag == "dd":
        loose.extend([*_own_anchor(first), *_to_blocks(first.children)])
        kept = kept[1:]
    if kept and isinstance(kept[-1], Element) and kept[-1].tag == "dt":
        kept.append(Element("dd"))
    return hand_on_ids([*loose, *([Element("dl", element.attributes, kept)] if kept else [])])


def _tidy_term(term: Element) -> list[Node]:
    figures = take_pictures(term.children)
    term.children = trim_nodes(keep_inline(term.children))
    _settle_start(term)
    return figures


def _open_groups(nodes: list[Node]) -> list[Node]:
    """Return the nodes with the content of elements that only group terms and definitions."""
    result: list[Node] = []
    for node in nodes:
        is_group = isinstance(node, Element) and node.tag not in TERM_TAGS | {"dl"} and is_block(node)
        if isinstance(node, Element) and is_group and node.find(*TERM_TAGS):
            result.extend(_open_groups(node.children))
        else:
            result.append(node)
    return result


def _tidy_table(table: Element) -> list[Node]:
    tidy_table(table, fill_cell=_fill_item)
    captions, others = _separate(table, "caption")
    caption, figures = _merge_inline(captions)
    table.children = [*caption, *others]
    return [*figures] if is_blank(table.children) else [table, *figures]


def _separate(element: Element, tag: str) -> tuple[list[Element], list[Node]]:
    """Return the children with this tag, and the others."""
    found = [child for child in element.children if isinstance(child, Element) and child.tag == tag]
    return found, [child for child in element.children if not isinstance(child, Element) or child.tag != tag]


def _merge_inline(elements: list[Element]) -> tuple[list[Node], list[Node]]:
    """Return one element with the inline content of all, each on a line of its own, and the pictures in them."""
    figures = [picture for element in elements for picture in take_pictures(element.children)]
    content = trim_nodes(keep_inline([Element("p", {}, element.children) for element in elements]))
    merged: list[Node] = [Element(elements[0].tag, elements[0].attributes, content)] if elements else []
    return ([] if is_blank(content) else merged), figures


def _tidy_figure(figure: Element) -> list[Node]:
    """Return a figure for each picture. The caption belongs to the last of what the figure shows."""
    captions, others = _separate(figure, "figcaption")
    blocks = _to_blocks(others)
    merged, pictures = _merge_inline(captions)
    for caption in merged:
        if isinstance(caption, Element) and not (blocks and _add_caption(blocks[-1], caption)):
            blocks.extend(_tidy_paragraph(Element("p", {}, caption.children)))
    own = {name: value for name, value in figure.attributes.items() if name != "id"}
    for block in blocks:
        if isinstance(block, Element) and block.tag == "figure":
            block.attributes = own | block.attributes
    return hand_on_ids([*_own_anchor(figure), *blocks, *pictures])


def _add_caption(block: Node, caption: Element) -> bool:
    """Add the caption of a figure to what it shows. Return False if that has none or has one already."""
    tag = {"figure": "figcaption", "table": "caption", "blockquote": "footer"}.get(getattr(block, "tag", ""))
    if not isinstance(block, Element) or not tag or _separate(block, tag)[0]:
        return False
    caption.tag = tag
    block.children.insert(0 if tag == "caption" else len(block.children), caption)
    return True


def _tidy_aside(element: Element) -> list[Node]:
    is_quote = element.tag == "blockquote"
    is_pulled = is_quote and "pull" in element.attributes.get("class", "").split()
    element.attributes["class"] = "pull quote" if is_pulled else "quote" if is_quote else "inset"
    footers, others = _separate(element, "footer") if is_quote else ([], element.children)
    blocks = _to_blocks(others)
    source, figures = _merge_inline(footers)
    if not blocks:
        lines = [line for footer in source if isinstance(footer, Element) for line in footer.children]
        return hand_on_ids([*_own_anchor(element), *_to_blocks(lines), *figures])
    element.children = [*blocks, *figures, *source]
    return [element]


_TIDIERS: dict[str, Callable[[Element], list[Node]]] = {
    "p": _tidy_paragraph,
    **dict.fromkeys(HEADING_TAGS, _tidy_heading),
    **dict.fromkeys(LIST_TAGS, _tidy_list),
    "pre": _tidy_lines,
    "dl": _tidy_terms,
    "table": _tidy_table,
    "figure": _tidy_figure,
    "blockquote": _tidy_aside,
}
