"""Conversion of clean HTML to blocks of words, so that two texts can be compared without showing their markup."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from postportal.publishing.diff.blocks import Block, Word, to_words
from postportal.richtext.allowed_html import BLOCK_TAGS, TABLE_PART_TAGS, is_notes
from postportal.richtext.footnotes import is_back_link
from postportal.richtext.tree import Element, Node, break_lines, parse_html

_BLOCK_TAGS = BLOCK_TAGS | TABLE_PART_TAGS
_UNMARKED_TAGS = {"br", "img"}
# Added automatically or the same for every picture: editors do not know them.
_HIDDEN_ATTRIBUTES = {"rel", "loading", "decoding", "sizes", "srcset", "width", "height", "role", "tabindex", "id"}
# Classes that the name of the block already says.
_NAMED_BY_CLASS = {"div", "blockquote", "ol"}


def html_to_blocks(html: str) -> list[Block]:
    """Return the blocks of the text in order. Only dividing lines are empty."""
    return list(_walk_nodes(parse_html(html), "", ()))


def _walk_nodes(nodes: list[Node], kind: str, marks: tuple[str, ...]) -> Iterator[Block]:
    """Yield the blocks of the nodes. Inline content between blocks is a block of its own."""
    line: list[Word] = []
    for node in nodes:
        if isinstance(node, str) or not _has_block(node):
            line += _inline_words(node, marks)
            continue
        yield from _make_block(kind, line)
        line = []
        yield from _walk_element(node, kind, marks)
    yield from _make_block(kind, line)


def _walk_element(element: Element, kind: str, marks: tuple[str, ...]) -> Iterator[Block]:
    if element.tag == "hr":
        yield Block(str(_("Dividing line")), ())
    elif element.tag == "tr":
        yield from _make_block(_with_attributes(_("Table row"), element), list(_row_words(element, marks)), is_row=True)
    elif element.tag in _BLOCK_TAGS:
        children = break_lines(element.children) if element.tag == "pre" else element.children
        yield from _walk_nodes(children, _block_label(element, kind), marks)
    else:
        yield from _walk_nodes(element.children, kind, (*marks, *_marks(element)))


def _make_block(kind: str, line: list[Word], *, is_row: bool = False) -> Iterator[Block]:
    if is_row or any(word.text.strip() for word in line):
        yield Block(kind, tuple(line if is_row else _trim(line)))


def _trim(line: list[Word]) -> list[Word]:
    start, end = 0, len(line)
    while start < end and not line[start].text.strip():
        start += 1
    while end > start and not line[end - 1].text.strip():
        end -= 1
    return line[start:end]


def _row_words(row: Element, marks: tuple[str, ...]) -> Iterator[Word]:
    for number, cell in enumerate(child for child in row.children if isinstance(child, Element)):
        own: tuple[str, ...] = (str(_("header cell")),) if cell.tag == "th" else ()
        own += (_describe_attributes(cell),) if _describe_attributes(cell) else ()
        if number or own:
            yield Word("", own, is_border=True)
        yield from _trim([word for node in cell.children for word in _inline_words(node, marks)])


def _inline_words(node: Node, marks: tuple[str, ...]) -> Iterator[Word]:
    if is_back_link(node):
        return
    if isinstance(node, str):
        yield from to_words(" ".join(node.split("\n")), marks)
    elif node.tag == "br":
        yield Word("\n", marks)
    elif node.tag == "img":
        text = _("Picture: %(alt)s") % {"alt": node.attributes.get("alt") or _("no alternative text")}
        yield from to_words(f"[{text}]", (*marks, node.attributes.get("src", "")))
    else:
        # A paragraph inside a cell is one line of the cell.
        if node.tag in _BLOCK_TAGS:
            yield Word("\n", marks)
        for child in break_lines(node.children) if node.tag == "pre" else node.children:
            yield from _inline_words(child, (*marks, *_marks(node)))


def _has_block(element: Element) -> bool:
    return bool(element.find(*_BLOCK_TAGS))


def _marks(element: Element) -> tuple[str, ...]:
    if element.tag in _BLOCK_TAGS | _UNMARKED_TAGS:
        return ()
    names = {
        "strong": _("bold"),
        "em": _("italic"),
        "sub": _("subscript"),
        "sup": _("superscript"),
        "code": _("code"),
        "q": _("quotation"),
        "cite": _("title of a work"),
        "s": _("struck through"),
        "del": _("deleted"),
        "ins": _("inserted"),
        "abbr": _("abbreviation"),
    }
    description = _describe_attributes(element)
    if element.tag == "a" and "href" in element.attributes:
        url = element.attributes.get("href", "")
        description = _describe_attributes(element, without="href")
        return (_("link to %(url)s") % {"url": url}, *([description] if description else []))
    return tuple(mark for mark in (str(names.get(element.tag, "")), description) if mark)


def _block_label(element: Element, outer: str) -> str:
    names = {
        "p": _("Paragraph"),
        "h2": _("Heading 2"),
        "h3": _("Heading 3"),
        "h4": _("Heading 4"),
        "ul": _("List"),
        "ol": _("Footnotes") if is_notes(element.tag, element.attributes) else _("Numbered list"),
        "li": _("Item"),
        "blockquote": _("Pull quote") if "pull" in element.attributes.get("class", "") else _("Quote"),
        "footer": _("Attribution"),
        "pre": _("Preformatted text"),
        "dt": _("Term"),
        "dd": _("Definition"),
        "figcaption": _("Caption"),
        "caption": _("Caption"),
        "div": {"inset": _("Notice"), "gallery": _("Gallery")}.get(element.attributes.get("class", ""), ""),
    }
    own = str(names.get(element.tag, ""))
    if element.tag == "p" and outer:
        own = ""  # The surrounding element says more.
    parts = [outer, _with_attributes(own, element) if own else ""]
    return " › ".join(part for part in parts if part)


def _with_attributes(name: str, element: Element) -> str:
    description = _describe_attributes(element)
    return f"{name} ({description})" if description else name


def _describe_attributes(element: Element, *, without: str = "") -> str:
    """Return the attributes that matter to editors as text, for example “lang=zh”."""
    return ", ".join(
        f"{name}={value}"
        for name, value in sorted(element.attributes.items())
        if name not in _HIDDEN_ATTRIBUTES
        and name != without
        and not (element.tag in _NAMED_BY_CLASS and name == "class")
    )
