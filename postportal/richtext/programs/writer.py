"""The clean markup: blocks with runs of text, in which equal formatting is one element."""

import re

from postportal.richtext.programs.styles import Format
from postportal.richtext.tree import Element, Node, is_blank
from postportal.text.characters import HAN

_FULL_WIDTH = rf"[{HAN}\u3000-\u303f\uff00-\uffef]"
_BREAK_IN_HAN = re.compile(rf"(?<={_FULL_WIDTH})[ \t]*[\r\n]\s*(?={_FULL_WIDTH})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PADDING = re.compile(" \u00a0|\u00a0 |\u00a0{2,}")


def collapse(text: str) -> str:
    """Return the text with line breaks of the source as spaces, but none between Chinese characters."""
    return _PADDING.sub(" ", _SPACES.sub(" ", _BREAK_IN_HAN.sub("", text)))


class Writer:
    """Fills a container with blocks. A paragraph begins by itself with its first word."""

    def __init__(self, container: list[Node], *, links: dict[int, Element] | None = None) -> None:
        self.container = container
        # The element of the source for each link and code that is written.
        self.sources = {} if links is None else links
        self.open: Element | None = None
        self.tail = ""

    def inside(self, container: list[Node]) -> "Writer":
        """Return a writer for the inside of a block that has blocks itself."""
        return Writer(container, links=self.sources)

    def begin(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        self.end()
        self.open = Element(tag, attributes or {})
        self.tail = ""
        self.container.append(self.open)

    def end(self) -> None:
        block, self.open = self.open, None
        if block is None:
            return
        if block.tag != "pre":
            _trim(block.children, is_end=False)
            _trim(block.children, is_end=True)
        if is_blank(block.children) and "id" not in block.attributes:
            self.container.pop()

    def append(self, block: Element) -> None:
        self.end()
        self.container.append(block)

    def text(self, text: str, form: Format, *, is_kept: bool = False) -> None:
        words = text if is_kept else collapse(text)
        if self.open is None and words.strip():
            self.begin("p")
        if self.open is None or not words:
            return
        if not is_kept and self.tail in {"", " ", "\n"}:
            words = words.removeprefix(" ")
        if words:
            self._place(self.open, form).append(words)
            self.tail = words[-1]

    def _place(self, block: Element, form: Format) -> list[Node]:
        """Return the content of the innermost element for this format: the last one, if it has the same."""
        target = block
        for wrapper in form.wrappers():
            last = target.children[-1] if target.children else None
            if not isinstance(last, Element) or not self._is_same(last, wrapper):
                last = Element(wrapper.tag, dict(wrapper.attributes))
                self.sources[id(last)] = wrapper
                target.children.append(last)
            target = last
        return target.children

    def _is_same(self, last: Element, wrapper: Element) -> bool:
        is_source = self.sources.get(id(last)) is wrapper
        return last.tag == wrapper.tag and (is_source or not wrapper.attributes)

    def line_break(self) -> None:
        """Write a line break. Two of them end the paragraph."""
        if self.open is None:
            return
        if self.open.tag == "pre":
            self.open.children.append("\n")
        elif self.open.tag == "p" and _ends_with_break(self.open):
            self.end()
        else:
            self.open.children.append(Element("br"))
            self.tail = ""


def _ends_with_break(block: Element) -> bool:
    for node in reversed(block.children):
        if isinstance(node, Element):
            return node.tag == "br"
        if node.strip():
            return False
    return False


def _trim(nodes: list[Node], *, is_end: bool) -> None:
    """Remove spaces, indents and line breaks at one side of a block, however deep they are."""
    index = -1 if is_end else 0
    while nodes:
        node = nodes[index]
        if isinstance(node, str):
            words = node.rstrip() if is_end else node.lstrip()
            if words:
                nodes[index] = words
                return
        elif node.tag == "img" or "id" in node.attributes:
            return
        else:
            _trim(node.children, is_end=is_end)
            if node.children:
                return
        del nodes[index]
