"""Conversion of a page's text to HTML: paragraphs, lists and nested lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from postportal.legacy.parsing.list_markers import ListMarker, read_list_markers
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

# "serv- -ices": a word hyphenated over two lines of the printed original and joined carelessly.
_BROKEN_WORD = re.compile(r"(?<=[a-z])- ?-(?=[a-z])|(?<=[a-z])- -\s?(?=[a-z])")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’)）\]]*\Z")
_MIN_WRAPPED_LENGTH = 50
_LIST_TYPES = {"a": "a", "A": "A", "i": "i"}


@dataclass(slots=True)
class _OpenList:
    """An open list. `style` is the style of its markers, `last` the number of its last item."""

    style: str
    last: int
    html: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _MarkedLine:
    text: str
    marker: ListMarker | None = None


def body_html(lines: Iterable[str], *, bullets_are_headings: bool = False) -> str:
    """Return the lines as HTML, one paragraph for each line.

    With `bullets_are_headings`, as on a topic page, a bullet with text below it becomes a heading."""
    texts = _unwrap_lines(lines)
    marked = _mark_lines(texts)
    html: list[str] = []
    open_lists: list[_OpenList] = []
    for index, line in enumerate(marked):
        if bullets_are_headings and line.marker and line.marker.is_bullet and _has_text_below(marked, at=index):
            line = _MarkedLine(line.text)
            html.extend([_close_lists(open_lists), f"<h2>{escape(line.text, quote=False)}</h2>"])
        elif line.marker:
            html.append(_item_html(line, marker=line.marker, open_lists=open_lists))
        else:
            html.extend([_close_lists(open_lists), f"<p>{escape(line.text, quote=False)}</p>"])
    html.append(_close_lists(open_lists))
    return "".join(html)


def _has_text_below(lines: list[_MarkedLine], *, at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].marker is None


def _unwrap_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines without blank ones. A sentence that continues in lower case on the next line is joined."""
    texts: list[str] = []
    is_after_text = False
    for line in lines:
        text = line.strip()
        if text and is_after_text and _continues_on_next_line(texts[-1], text):
            texts[-1] = f"{texts[-1]} {text}"
        elif text:
            texts.append(text)
        is_after_text = bool(text)
    return [_BROKEN_WORD.sub("", text) for text in texts]


def _continues_on_next_line(line: str, following: str) -> bool:
    is_cut = len(line) >= _MIN_WRAPPED_LENGTH and not _SENTENCE_END.search(line[-4:])
    return is_cut and following[0].islower() and not read_list_markers(following)


def _mark_lines(texts: list[str]) -> list[_MarkedLine]:
    """Return each line with its list marker, if it has one. A single number other than 1 is no marker."""
    readings = [read_list_markers(text) for text in texts]
    numbers: dict[str, set[int]] = {}
    hyphen_count = sum(1 for markers in readings for marker in markers if marker.style in {"-", "–", "*"})
    for markers in readings:
        for marker in markers:
            numbers.setdefault(marker.style, set()).add(marker.number)
    lines: list[_MarkedLine] = []
    last: dict[str, int] = {}
    for text, markers in zip(texts, readings, strict=True):
        in_list = [marker for marker in markers if _is_in_list(marker, numbers=numbers, hyphen_count=hyphen_count)]
        best = _choose_marker(in_list, last=last)
        if best:
            last[best.style] = best.number
        lines.append(_MarkedLine(collapse_whitespace(text[best.length if best else 0 :]), best))
    return lines


def _is_in_list(marker: ListMarker, *, numbers: dict[str, set[int]], hyphen_count: int) -> bool:
    if marker.style in {"-", "–", "*"}:
        return hyphen_count > 1
    if marker.style in {"A.", "i."}:
        # "A. Smith" is a person.
        return {marker.number - 1, marker.number + 1} & numbers[marker.style] != set()
    return marker.number <= 1 or len(numbers[marker.style]) > 1


def _choose_marker(markers: list[ListMarker], *, last: dict[str, int]) -> ListMarker | None:
    """Return the marker that continues a list, or else one that begins a list, or else any."""
    following = [marker for marker in markers if marker.number and last.get(marker.style) == marker.number - 1]
    beginning = [marker for marker in markers if marker.number <= 1]
    return next(iter([*following, *beginning, *markers]), None)


def _item_html(line: _MarkedLine, *, marker: ListMarker, open_lists: list[_OpenList]) -> str:
    """Return the HTML up to this item's text. The item's element stays open for nested lists."""
    html: list[str] = []
    styles = [each.style for each in open_lists]
    while marker.style in styles and open_lists[-1].style != marker.style:
        html.append(_closing_tag(open_lists.pop()))
    text = escape(line.text, quote=False)
    if marker.style in styles and (marker.is_bullet or marker.number == open_lists[-1].last + 1):
        open_lists[-1].last = marker.number
        return "".join([*html, f"</li><li>{text}"])
    if marker.style in styles:
        # The numbers start again or jump, so a new list begins.
        html.append(_closing_tag(open_lists.pop()))
    open_lists.append(_OpenList(marker.style, marker.number))
    return "".join([*html, f"{_opening_tag(marker)}<li>{text}"])


def _opening_tag(marker: ListMarker) -> str:
    if marker.is_bullet:
        return "<ul>"
    letter = _LIST_TYPES.get(marker.style.strip("()."), "")
    start = f' start="{marker.number}"' if marker.number > 1 else ""
    return f'<ol{start} type="{letter}">' if letter else f"<ol{start}>"


def _closing_tag(open_list: _OpenList) -> str:
    return "</li></ol>" if open_list.last else "</li></ul>"


def _close_lists(open_lists: list[_OpenList]) -> str:
    html = "".join(_closing_tag(each) for each in reversed(open_lists))
    open_lists.clear()
    return html
