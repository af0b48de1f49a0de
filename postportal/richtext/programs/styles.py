"""Styles in the HTML of other programs: those of an element and of its classes, and what they make of its words."""

import re
from dataclasses import dataclass, field, replace

from postportal.richtext.tree import Element

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])*)")
_COMMENT = re.compile(r"<!--|-->|/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_CLASS = re.compile(r"\s*(?:[a-z]\w*)?\.([\w-]+)\s*", re.IGNORECASE)
_LIST_RULE = re.compile(r"@list\s+(l\d+:level\d+)[^{]*\{([^{}]*)\}")
_BOLD = re.compile(r"bold|bolder|[6-9]\d\d")
_SLANTED = re.compile(r"italic|oblique")
_BOLD_TAGS = {"b", "strong"}
_ITALIC_TAGS = {"i", "em", "dfn", "var"}
_STRUCK_TAGS = {"s", "strike", "del"}

Style = dict[str, str]


def declarations(text: str) -> Style:
    """Return the declarations by name, in lower case."""
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(text)}


@dataclass
class Styles:
    """The rules for classes, such as .xl65 of spreadsheets, and the number formats of Word's lists."""

    classes: dict[str, Style] = field(default_factory=dict)
    lists: dict[str, Style] = field(default_factory=dict)

    def of(self, element: Element) -> Style:
        style: Style = {}
        for name in element.attributes.get("class", "").split():
            style |= self.classes.get(name, {})
        return style | declarations(element.attributes.get("style", ""))


def read_sheets(sheets: str) -> Styles:
    """Return the rules of style sheets that matter for a text."""
    text = _COMMENT.sub("", sheets)
    styles = Styles()
    for selectors, body in _RULE.findall(text):
        for selector in selectors.split(","):
            if match := _CLASS.fullmatch(selector):
                styles.classes[match[1]] = styles.classes.get(match[1], {}) | declarations(body)
    styles.lists = {name: declarations(body) for name, body in _LIST_RULE.findall(text)}
    return styles


def is_bold(element: Element, style: Style) -> bool:
    return element.tag in _BOLD_TAGS or _BOLD.match(style.get("font-weight", "")) is not None


@dataclass(frozen=True)
class Format:
    """Look of words, with the link and the other elements around them."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    script: str = ""
    link: Element | None = None
    # A `<span>` for words in another language.
    passage: Element | None = None
    tags: tuple[Element, ...] = ()

    def inside(self, element: Element, style: Style) -> "Format":
        """Return the format of the words in the element, if this is the one around it."""
        tag = element.tag
        bold = self.bold or tag in _BOLD_TAGS
        italic = self.italic or tag in _ITALIC_TAGS
        if weight := style.get("font-weight"):
            bold = _BOLD.match(weight) is not None
        if slant := style.get("font-style"):
            italic = _SLANTED.match(slant) is not None
        decoration = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
        struck = self.struck or tag in _STRUCK_TAGS or "line-through" in decoration
        return replace(self, bold=bold, italic=italic, struck=struck, script=self._script(tag, style))

    def _script(self, tag: str, style: Style) -> str:
        place = style.get("vertical-align", "")
        if place.startswith("super"):
            return "sup"
        if place.startswith("sub"):
            return "sub"
        if tag in {"sub", "sup"}:
            return tag
        return "" if place == "baseline" else self.script

    def wrappers(self) -> list[Element]:
        """Return the elements around the words, the outermost first."""
        names = [("strong", self.bold), ("em", self.italic), ("s", self.struck), (self.script, bool(self.script))]
        outer = [element for element in (self.link, self.passage) if element]
        return [*outer, *(Element(name) for name, is_on in names if is_on), *self.tags]
