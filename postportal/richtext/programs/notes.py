"""Footnotes of word processors: a link to a note and a link back. Both become those of the portal."""

import re
from collections.abc import Iterator
from itertools import count

from postportal.richtext.tree import Element, Node

_BODY = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)(?![\w-])", re.IGNORECASE)
_LIST = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)-list", re.IGNORECASE)
# What stands for a note: a number, a letter or a sign. Words that lead to each other stay.
_SIGN = re.compile(r"\W{0,3}(?:\d{1,4}|[ivxlc]{1,6}|[a-z])?\W{0,3}", re.IGNORECASE)
_BODY_IDS = ("sdfootnote", "sdendnote")
_BLOCKS = {"li", "p", "dd", "td", "div"}


class _Family:
    """The tree with the way up: to the element around each."""

    def __init__(self, root: Element) -> None:
        self.parents: dict[int, Element] = {}
        self.elements = list(root.walk())
        for element in self.elements:
            for child in element.children:
                if isinstance(child, Element):
                    self.parents[id(child)] = element

    def around(self, element: Element) -> Iterator[Element]:
        """Yield the element and those around it, without the root."""
        while id(element) in self.parents:
            yield element
            element = self.parents[id(element)]

    def put(self, old: Element, *new: Element) -> None:
        """Put other elements, or none, in the place of one."""
        siblings = self.parents[id(old)].children
        index = next(index for index, node in enumerate(siblings) if node is old)
        siblings[index : index + 1] = new
        for element in new:
            self.parents[id(element)] = self.parents[id(old)]

    def before(self, element: Element) -> Element | None:
        """Return the element before it among its siblings."""
        found = None
        for node in self.parents[id(element)].children:
            if node is element:
                return found
            found = node if isinstance(node, Element) else found
        return None


def build_notes(root: Element) -> None:
    """Gather all notes in a list at the end of the text, which is numbered when it is tidied."""
    family = _Family(root)
    taken = {element.attributes.get("id", "") for element in family.elements}
    names = (name for number in count(1) if (name := f"s-fn-{number}") not in taken)
    notes: list[Node] = []
    for link, back, place in _pairs(family):
        body = _body_of(family, back=back, place=place)
        if body is None or any(element is link for element in body.walk()):
            continue
        family.put(_outermost(family, back))
        name = next(names)
        notes.append(Element("li", {"id": name}, body.children))
        sibling = family.before(body)
        if sibling is not None and sibling.tag == "hr":
            family.put(sibling)
        family.put(body)
        mark = Element("a", {"href": f"#{name}"}, [Element("sup", {}, [str(len(notes))])])
        family.put(_outermost(family, link), mark)
    for element in family.elements:
        if _LIST.search(element.attributes.get("style", "")) and not element.text().strip():
            family.put(element)
    if notes:
        root.children.append(Element("ol", {"class": "notes"}, notes))


def _fragment(link: Element) -> str:
    match = re.search(r"#([^#]+)$", link.attributes.get("href", ""))
    return match[1] if match else ""


def _is_sign(element: Element) -> bool:
    return element.tag == "a" and bool(_fragment(element)) and _SIGN.fullmatch(element.text().strip()) is not None


def _names(element: Element) -> set[str]:
    return {element.attributes.get("id", ""), element.attributes.get("name", "")} - {""}


def _pairs(family: _Family) -> Iterator[tuple[Element, Element, Element]]:
    """Yield links to notes, the links back, and what has the name of the note.

    A link leads to a note if something with the name it asks for contains, or is, a link back to it."""
    named: dict[str, Element] = {}
    for element in family.elements:
        for name in _names(element):
            named.setdefault(name, element)
    taken: set[int] = set()
    for link in [element for element in family.elements if _is_sign(element)]:
        place = named.get(_fragment(link))
        if id(link) in taken or place is None or id(link) not in family.parents or "s-fn" in _fragment(link):
            continue
        own = _names(link) | _names(family.parents[id(link)])
        backs = [
            other for other in place.find("a") if _is_sign(other) and other is not link and _fragment(other) in own
        ]
        if backs:
            taken |= {id(link), id(backs[0])}
            yield link, backs[0], place


def _body_of(family: _Family, *, back: Element, place: Element) -> Element | None:
    if place.tag == "li":
        return place
    around = list(family.around(back))
    return next((element for element in around if _is_body(element)), None) or next(
        (element for element in around if element.tag in _BLOCKS), None
    )


def _is_body(element: Element) -> bool:
    is_named = element.tag != "a" and element.attributes.get("id", "").startswith(_BODY_IDS)
    return is_named or _BODY.search(element.attributes.get("style", "")) is not None


def _outermost(family: _Family, link: Element) -> Element:
    """Return what is around the link and has no other words."""
    found = link
    while (parent := family.parents[id(found)]).tag in {"sup", "span"} and parent.text().strip() == link.text().strip():
        found = parent
    return found
