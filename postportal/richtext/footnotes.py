"""Footnotes: an ordered list with the class `notes` at the end of a text, to whose items links of the text lead.

Notes are in the order of their first references, references have the number of their note, and each note ends with a
link back to every reference.
"""

import re
from collections import Counter

from postportal.richtext.allowed_html import BACK_LINK_LABELS, is_notes
from postportal.richtext.anchors import ids_in, unique_id
from postportal.richtext.blocks import is_block
from postportal.richtext.tree import Element, Node, is_blank
from postportal.text.characters import HAN

_HAN_CHARACTER = re.compile(f"[{HAN}]")
# A reference is a number or sign; words that link to a note stay.
MAX_NUMBER_LENGTH = 8
_NUMBER = re.compile(r"[\[(（〔]? ?[\d*†‡①-⑳]{0,3} ?[\])）〕]?")
BACK_SIGN = "↩"
_ENDS_WITH_WORDS = {"p", "ul", "ol", "li"}


def settle_notes(blocks: list[Node]) -> list[Node]:
    """Return the blocks with all notes in one list at the end, numbered by their references and linked back."""
    lists = [block for block in blocks if isinstance(block, Element) and is_notes(block.tag, block.attributes)]
    if not lists:
        return blocks
    ours = set(map(id, lists))
    others = [block for block in blocks if id(block) not in ours]
    items = [item for each in lists for item in each.children if isinstance(item, Element)]
    notes = {item.attributes["id"]: item for item in items if "id" in item.attributes}
    for item in items:
        _remove_back_links(item)
    references = _find_references(others, notes=notes)
    order = list(dict.fromkeys(_target(link) for link in references))
    numbers = {name: number for number, name in enumerate(order, start=1)}
    labels = {name: _back_label(notes[name]) for name in order}
    used = {name for block in blocks if isinstance(block, Element) for name in ids_in(block)}
    # Without it, each of thousands of references to one note would look for a free id from the start.
    counts: Counter[int] = Counter()
    for link in references:
        number = numbers[_target(link)]
        _set_number(link, number)
        if "id" not in link.attributes:
            counts[number] += 1
            stem = f"s-fnref-{number}" if counts[number] == 1 else f"s-fnref-{number}-{counts[number]}"
            link.attributes["id"] = unique_id(stem, used)
        _add_back_link(notes[_target(link)], link.attributes["id"], label=labels[_target(link)])
    first = [notes[name] for name in order]
    placed = set(map(id, first))
    rest = [item for item in items if id(item) not in placed and not is_blank([item])]
    if not first and not rest:
        return others
    own = {name: value for name, value in lists[0].attributes.items() if name in {"class", "lang", "dir"}}
    return [*others, Element("ol", own, [*first, *rest])]


def _target(link: Element) -> str:
    return link.attributes.get("href", "").removeprefix("#")


def _find_references(blocks: list[Node], *, notes: dict[str, Element]) -> list[Element]:
    links = [link for block in blocks if isinstance(block, Element) for link in block.find("a")]
    return [link for link in links if _target(link) in notes and _is_number(link.text().strip())]


def _is_number(text: str) -> bool:
    return len(text) <= MAX_NUMBER_LENGTH and _NUMBER.fullmatch(text) is not None


def _set_number(link: Element, number: int) -> None:
    raised = link.find("sup")
    if raised:
        raised[0].children = [str(number)]
        link.children = [raised[0]]
    else:
        link.children = [str(number)]


def is_back_link(node: Node) -> bool:
    """Return True for a link from a note back to the text, which is added automatically."""
    return isinstance(node, Element) and node.tag == "a" and node.text().strip() in {BACK_SIGN, "↑", "^"}


def _remove_back_links(element: Element) -> None:
    """Remove the links back, with the space before them. They are added again where they belong."""
    kept: list[Node] = []
    for child in element.children:
        if is_back_link(child):
            if kept and isinstance(kept[-1], str):
                kept[-1] = kept[-1].rstrip()
            continue
        if isinstance(child, Element):
            _remove_back_links(child)
        kept.append(child)
    element.children = [child for child in kept if child != ""]


def _back_label(note: Element) -> str:
    return BACK_LINK_LABELS[1 if _HAN_CHARACTER.search(note.text()) else 0]


def _add_back_link(note: Element, name: str, *, label: str) -> None:
    place = note
    while place.children and isinstance(last := place.children[-1], Element) and is_block(last):
        if last.tag not in _ENDS_WITH_WORDS:
            last = Element("p")
            place.children.append(last)
        place = last
    link = Element("a", {"href": f"#{name}", "aria-label": label}, [BACK_SIGN])
    place.children.extend([" ", link] if place.children else [link])
