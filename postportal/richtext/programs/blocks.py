"""The HTML of other programs written anew as blocks: headings, paragraphs, lists, quotes, tables."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import zip_longest

from postportal.richtext.allowed_html import ALLOWED_CLASSES, ANCHOR, SEPARATOR_TAGS, is_local_image, is_notes
from postportal.richtext.programs.languages import foreign_language
from postportal.richtext.programs.links import clean_link
from postportal.richtext.programs.styles import Format, Styles
from postportal.richtext.programs.tables import is_layout, write_table
from postportal.richtext.programs.writer import Writer
from postportal.richtext.tree import Element, Node, is_blank

_PLAIN = Format()
_PARTS = {
    *SEPARATOR_TAGS,
    *("p", "div", "footer", "figure", "figcaption", "caption", "tr", "dl", "dt", "dd", "li"),
    *("tbody", "thead", "tfoot", "td", "th"),
}
_KEPT_INLINE = {"code", "cite", "q", "abbr"}
_CODE = {"code", "tt", "kbd", "samp"}
_QUOTES = {"MsoQuote", "MsoIntenseQuote", "MsoBlockText"}
_LOWEST = 4
_INDENT = re.compile(r"\s*[\u3000\u00a0]{2}")


@dataclass(frozen=True)
class Paste:
    """Place for the text, and facts about what is pasted."""

    writer: Writer
    styles: Styles
    # The portal's highest heading has level 2. A text that begins with 1 keeps the order of its levels.
    shift: int = 0
    language: str = ""
    is_heading: bool = False
    is_kept: bool = False
    after: Node | None = None


def write_blocks(root: Element, styles: Styles, *, language: str = "") -> list[Node]:
    """Return the content of the root as clean blocks."""
    blocks: list[Node] = []
    writer = Writer(blocks)
    shift = any(heading_level(each, styles) == 1 and each.text().strip() for each in root.walk())
    _write_children(root, _PLAIN, Paste(writer, styles, int(shift), language))
    writer.end()
    return blocks


def heading_level(element: Element, styles: Styles) -> int:
    """Return the level in the document, and 0 for what is no heading."""
    if re.fullmatch(r"h[1-6]", element.tag):
        return int(element.tag[1])
    if element.attributes.get("role") == "heading":
        level = element.attributes.get("aria-level", "2")
        return int(level) if re.fullmatch(r"[1-9]", level) else 2
    if "MsoTitle" in _classes(element):
        return 1
    outline = styles.of(element).get("mso-outline-level", "") if element.tag == "p" else ""
    return int(outline) if re.fullmatch(r"[1-9]", outline) else 0


def _classes(element: Element) -> set[str]:
    return set(element.attributes.get("class", "").split())


def _write_children(element: Element, form: Format, paste: Paste) -> None:
    for node, after in zip_longest(element.children, element.children[1:]):
        if isinstance(node, str):
            paste.writer.text(node, form, is_kept=paste.is_kept)
        else:
            _write_element(node, form, replace(paste, after=after))


def _write_element(element: Element, around: Format, paste: Paste) -> None:
    if _is_own(element):
        paste.writer.append(element)
    elif write := _WRITERS.get(element.tag):
        write(element, around, paste)
    elif level := heading_level(element, paste.styles):
        _write_heading(element, level, around, paste)
    elif element.tag in _PARTS:
        _write_part(element, around, paste)
    else:
        _write_inline(element, around, paste)


def _is_own(element: Element) -> bool:
    """Return True for what only the portal writes, around which other text was pasted."""
    classes = ALLOWED_CLASSES.get(element.tag, set()) - {"r", "cr", "notes"}
    has_picture = element.tag == "figure" and any(
        is_local_image(picture.attributes.get("src", "")) for picture in element.find("img")
    )
    return has_picture or bool(_classes(element) & classes)


def _own_id(element: Element) -> dict[str, str]:
    name = element.attributes.get("id", "")
    return {"id": name} if ANCHOR.fullmatch(name) else {}


def _language(element: Element, paste: Paste) -> dict[str, str]:
    tag = foreign_language(element, paste.language)
    return {"lang": tag} if tag else {}


def _direction(element: Element) -> dict[str, str]:
    return {"dir": "rtl"} if element.attributes.get("dir", "").lower() == "rtl" else {}


def _write_heading(element: Element, level: int, around: Format, paste: Paste) -> None:
    shift = 0 if _own_id(element) else paste.shift
    language = _language(element, paste)
    paste.writer.begin(f"h{min(max(level + shift, 2), _LOWEST)}", _own_id(element) | language)
    inner = replace(paste, is_heading=True, language=language.get("lang", paste.language))
    _write_children(element, Format(tags=around.tags), inner)
    paste.writer.end()


def _write_part(element: Element, around: Format, paste: Paste) -> None:
    """Write a part of the page, which ends the paragraph before it."""
    if _classes(element) & _QUOTES:
        _write_quote(element, _PLAIN, paste)
        return
    form = around.inside(element, paste.styles.of(element) | {"vertical-align": ""})
    paste.writer.end()
    language = _language(element, paste) if element.tag == "p" else {}
    own = _own_id(element) | language | _direction(element)
    if element.tag == "p" and own:
        paste.writer.begin("p", own)
    _write_children(element, form, replace(paste, language=language.get("lang", paste.language)))
    paste.writer.end()


def _write_inline(element: Element, around: Format, paste: Paste) -> None:
    form = around.inside(element, paste.styles.of(element))
    if paste.is_heading:
        # Headings are bold by themselves.
        form = replace(form, bold=False)
    tag = "code" if element.tag in _CODE else element.tag
    if tag in _KEPT_INLINE:
        title = element.attributes.get("title", "") if tag == "abbr" else ""
        form = replace(form, tags=(*around.tags, Element(tag, {"title": title} if title else {})))
    elif tag in {"ins", "del"} and not element.attributes:
        form = replace(form, struck=around.struck, tags=(*around.tags, Element(tag)))
    language = _language(element, paste)
    if language:
        form = replace(form, passage=Element("span", language | _direction(element)))
    _write_children(element, form, replace(paste, language=language.get("lang", paste.language)))


def _write_link(element: Element, around: Format, paste: Paste) -> None:
    href = clean_link(element.attributes.get("href", ""))
    form = _PLAIN if href.startswith("#s-fn-") else around.inside(element, paste.styles.of(element))
    link = Element("a", {"href": href, **_own_id(element)})
    _write_children(element, replace(form, link=link) if href else form, paste)


def _write_picture(element: Element, around: Format, paste: Paste) -> None:
    alt = element.attributes.get("alt", "")
    if is_local_image(element.attributes.get("src", "")):
        paste.writer.append(Element("figure", {}, [element]))
    elif alt and unicodedata.category(alt[0]) == "So":
        # Emoji, which some programs send as pictures.
        paste.writer.text(alt, around)


def _write_list(element: Element, around: Format, paste: Paste) -> None:
    tag = "ol" if element.tag == "ol" else "ul"
    names = ("start", "type", "reversed") if tag == "ol" else ()
    attributes = {name: element.attributes[name] for name in names if element.attributes.get(name)}
    if attributes.get("start") == "1":
        del attributes["start"]
    if attributes.get("type") == "1":
        del attributes["type"]
    if is_notes(tag, element.attributes):
        attributes["class"] = "notes"
    new = Element(tag, attributes)
    items: list[Element] = []
    for node in element.children:
        if isinstance(node, str) and not node.strip():
            continue
        # A list that stands between the items belongs to the item before it.
        is_nested = isinstance(node, Element) and node.tag in {"ul", "ol"}
        item = items[-1] if is_nested and items else Element("li", _own_id(node) if isinstance(node, Element) else {})
        inner = replace(paste, writer=paste.writer.inside(item.children))
        is_item = isinstance(node, Element) and node.tag == "li"
        _write_children(node if is_item and isinstance(node, Element) else Element("div", {}, [node]), around, inner)
        inner.writer.end()
        if item.children and not (is_nested and items):
            items.append(item)
    new.children = [*items]
    if items:
        paste.writer.append(new)


def _write_quote(element: Element, around: Format, paste: Paste) -> None:
    blocks = paste.writer.container
    last = blocks[-1] if blocks and paste.writer.open is None else None
    is_more = bool(_classes(element) & _QUOTES) and isinstance(last, Element) and last.tag == "blockquote"
    quote = last if is_more and isinstance(last, Element) else Element("blockquote")
    inner = replace(paste, writer=paste.writer.inside(quote.children))
    _write_children(element, replace(around, italic=False), inner)
    inner.writer.end()
    if quote.children and not is_more:
        paste.writer.append(quote)


def _write_terms(element: Element, around: Format, paste: Paste) -> None:
    new = Element("dl")
    for entry in element.children:
        if not isinstance(entry, Element) or entry.tag not in {"dt", "dd"}:
            # Groups and loose words, which tidying arranges.
            new.children.append(entry)
            continue
        part = Element(entry.tag, _own_id(entry))
        writer = paste.writer.inside(part.children)
        _write_children(entry, around, replace(paste, writer=writer))
        writer.end()
        new.children.append(part)
    if not is_blank(new.children):
        paste.writer.append(new)


def _write_lines(element: Element, around: Format, paste: Paste) -> None:
    paste.writer.begin("pre", _own_id(element))
    _write_children(element, _PLAIN, replace(paste, is_kept=True))
    paste.writer.end()


def _write_break(element: Element, around: Format, paste: Paste) -> None:
    paste.writer.line_break()
    is_paragraph = paste.writer.open is not None and paste.writer.open.tag == "p"
    if isinstance(paste.after, str) and _INDENT.match(paste.after) and is_paragraph:
        paste.writer.end()


def _write_table(element: Element, around: Format, paste: Paste) -> None:
    if is_layout(element):
        _write_part(element, around, paste)
        return

    def fill(cell: Element, new: Element, *, is_head: bool = False) -> None:
        inner = replace(paste, writer=paste.writer.inside(new.children), is_heading=is_head)
        style = paste.styles.of(cell) | {"vertical-align": ""}
        _write_children(cell, _PLAIN if is_head else _PLAIN.inside(cell, style), inner)
        inner.writer.end()

    def fill_head(cell: Element, new: Element) -> None:
        fill(cell, new, is_head=True)

    for table in write_table(element, styles=paste.styles, fill=fill, fill_head=fill_head):
        paste.writer.append(table)


def _write_rule(element: Element, around: Format, paste: Paste) -> None:
    paste.writer.append(Element("hr"))


_WRITERS: dict[str, Callable[[Element, Format, Paste], None]] = {
    "a": _write_link,
    "blockquote": _write_quote,
    "br": _write_break,
    "dl": _write_terms,
    "hr": _write_rule,
    "img": _write_picture,
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _write_list),
    **dict.fromkeys(("pre", "listing"), _write_lines),
    "table": _write_table,
}
