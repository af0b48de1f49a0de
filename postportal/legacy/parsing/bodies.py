"""The text of a page as HTML: paragraphs, lists and lists within lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from postportal.legacy.parsing.list_markers import ListMarker, read_list_markers
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

# "serv- -ices": a word broken over two lines of the printed original, and joined without care.
_BROKEN_WORD = re.compile(r"(?<=[a-z])- ?-(?=[a-z])|(?<=[a-z])- -\s?(?=[a-z])")
_SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’)）\]]*\Z")
_MIN_WRAPPED_LENGTH = 50
_LIST_TYPES = {"a": "a", "A": "A", "i": "i"}


@dataclass(slots=True)
class _OpenList:
    """An open list; `family` is the mark its items began with."""

    style: str
    last: int
    html: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _MarkedLine:
    text: str
    marker: ListMarker | None = None


def body_html(lines: Iterable[str], *, bullets_are_headings: bool = False) -> str:
    """The lines as HTML, one paragraph a line. A topic page has its entries as bullets with text below: headings."""
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
    """Filled lines, where a sentence that runs on in small letters on the next line is one with it."""
    texts: list[str] = []
    follows = False
    for line in lines:
        text = line.strip()
        if text and follows and _continues_on_next_line(texts[-1], text):
            texts[-1] = f"{texts[-1]} {text}"
        elif text:
            texts.append(text)
        follows = bool(text)
    return [_BROKEN_WORD.sub("", text) for text in texts]


def _continues_on_next_line(line: str, following: str) -> bool:
    is_cut = len(line) >= _MIN_WRAPPED_LENGTH and not _SENTENCE_END.search(line[-4:])
    return is_cut and following[0].islower() and not read_list_markers(following)


def _mark_lines(texts: list[str]) -> list[_MarkedLine]:
    """Each line with its mark, if it is part of a list: a number that stands alone (not 1) is only a number."""
    readings = [read_list_markers(text) for text in texts]
    numbers: dict[str, set[int]] = {}
    hyphens = sum(1 for marks in readings for mark in marks if mark.style in {"-", "–", "*"})
    for marks in readings:
        for mark in marks:
            numbers.setdefault(mark.style, set()).add(mark.number)
    lines: list[_MarkedLine] = []
    last: dict[str, int] = {}
    for text, marks in zip(texts, readings, strict=True):
        best = _choose_marker(
            [mark for mark in marks if _is_in_list(mark, numbers=numbers, hyphens=hyphens)], last=last
        )
        if best:
            last[best.style] = best.number
        lines.append(_MarkedLine(collapse_whitespace(text[best.length if best else 0 :]), best))
    return lines


def _is_in_list(mark: ListMarker, *, numbers: dict[str, set[int]], hyphens: int) -> bool:
    if mark.style in {"-", "–", "*"}:
        return hyphens > 1
    if mark.style in {"A.", "i."}:
        # "A. Smith" is a person.
        return {mark.number - 1, mark.number + 1} & numbers[mark.style] != set()
    return mark.number <= 1 or len(numbers[mark.style]) > 1


def _choose_marker(marks: list[ListMarker], *, last: dict[str, int]) -> ListMarker | None:
    """The reading that goes on with a list, or else one that begins a list, or else any."""
    following = [mark for mark in marks if mark.number and last.get(mark.style) == mark.number - 1]
    beginning = [mark for mark in marks if mark.number <= 1]
    return next(iter([*following, *beginning, *marks]), None)


def _item_html(line: _MarkedLine, *, marker: ListMarker, open_lists: list[_OpenList]) -> str:
    """The HTML up to and with this item's text; its element stays open for lists inside."""
    html: list[str] = []
    families = [each.style for each in open_lists]
    while marker.style in families and open_lists[-1].style != marker.style:
        html.append(_closing_tag(open_lists.pop()))
    text = escape(line.text, quote=False)
    if marker.style in families and (marker.is_bullet or marker.number == open_lists[-1].last + 1):
        open_lists[-1].last = marker.number
        return "".join([*html, f"</li><li>{text}"])
    if marker.style in families:
        # The numbers start anew or jump: a list of its own, beside the one before.
        html.append(_closing_tag(open_lists.pop()))
    open_lists.append(_OpenList(marker.style, marker.number))
    return "".join([*html, f"{_opening_tag(marker)}<li>{text}"])


def _opening_tag(mark: ListMarker) -> str:
    if mark.is_bullet:
        return "<ul>"
    letter = _LIST_TYPES.get(mark.style.strip("()."), "")
    start = f' start="{mark.number}"' if mark.number > 1 else ""
    return f'<ol{start} type="{letter}">' if letter else f"<ol{start}>"


def _closing_tag(one: _OpenList) -> str:
    return "</li></ol>" if one.last else "</li></ul>"


def _close_lists(open_lists: list[_OpenList]) -> str:
    html = "".join(_closing_tag(one) for one in reversed(open_lists))
    open_lists.clear()
    return html
