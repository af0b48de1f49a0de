"""The text of a page as HTML: paragraphs, lists and lists within lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from postportal.legacy.parsing.list_markers import Mark, read_marks
from postportal.legacy.parsing.text_cleaning import squeezed

# "serv- -ices": a word broken over two lines of the printed original, and joined without care.
_BROKEN_WORD = re.compile(r"(?<=[a-z])- ?-(?=[a-z])|(?<=[a-z])- -\s?(?=[a-z])")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？：；…][\"'”’)）\]]*\Z")
_WRAPPED_FROM = 50
_TYPES = {"a": "a", "A": "A", "i": "i"}


@dataclass(slots=True)
class _List:
    """An open list; `family` is the mark its items began with."""

    family: str
    last: int
    html: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    mark: Mark | None = None


def body_html(lines: Iterable[str], *, bullets_are_headings: bool = False) -> str:
    """The lines as HTML, one paragraph a line. A topic page has its entries as bullets with text below: headings."""
    texts = _unwrapped(lines)
    marked = _marked(texts)
    html: list[str] = []
    open_lists: list[_List] = []
    for index, line in enumerate(marked):
        if bullets_are_headings and line.mark and line.mark.is_bullet and _has_text_below(marked, at=index):
            line = _Line(line.text)
            html.extend([_closed(open_lists), f"<h2>{escape(line.text, quote=False)}</h2>"])
        elif line.mark:
            html.append(_item(line, mark=line.mark, open_lists=open_lists))
        else:
            html.extend([_closed(open_lists), f"<p>{escape(line.text, quote=False)}</p>"])
    html.append(_closed(open_lists))
    return "".join(html)


def _has_text_below(lines: list[_Line], *, at: int) -> bool:
    return at + 1 < len(lines) and lines[at + 1].mark is None


def _unwrapped(lines: Iterable[str]) -> list[str]:
    """Filled lines, where a sentence that runs on in small letters on the next line is one with it."""
    texts: list[str] = []
    follows = False
    for line in lines:
        text = line.strip()
        if text and follows and _runs_on(texts[-1], text):
            texts[-1] = f"{texts[-1]} {text}"
        elif text:
            texts.append(text)
        follows = bool(text)
    return [_BROKEN_WORD.sub("", text) for text in texts]


def _runs_on(line: str, following: str) -> bool:
    is_cut = len(line) >= _WRAPPED_FROM and not _ENDS_SENTENCE.search(line[-4:])
    return is_cut and following[0].islower() and not read_marks(following)


def _marked(texts: list[str]) -> list[_Line]:
    """Each line with its mark, if it is part of a list: a number that stands alone (not 1) is only a number."""
    readings = [read_marks(text) for text in texts]
    numbers: dict[str, set[int]] = {}
    hyphens = sum(1 for marks in readings for mark in marks if mark.family in {"-", "–", "*"})
    for marks in readings:
        for mark in marks:
            numbers.setdefault(mark.family, set()).add(mark.number)
    lines: list[_Line] = []
    last: dict[str, int] = {}
    for text, marks in zip(texts, readings, strict=True):
        best = _best([mark for mark in marks if _is_in_list(mark, numbers=numbers, hyphens=hyphens)], last=last)
        if best:
            last[best.family] = best.number
        lines.append(_Line(squeezed(text[best.length if best else 0 :]), best))
    return lines


def _is_in_list(mark: Mark, *, numbers: dict[str, set[int]], hyphens: int) -> bool:
    if mark.family in {"-", "–", "*"}:
        return hyphens > 1
    if mark.family in {"A.", "i."}:
        # "A. Smith" is a person.
        return {mark.number - 1, mark.number + 1} & numbers[mark.family] != set()
    return mark.number <= 1 or len(numbers[mark.family]) > 1


def _best(marks: list[Mark], *, last: dict[str, int]) -> Mark | None:
    """The reading that goes on with a list, or else one that begins a list, or else any."""
    following = [mark for mark in marks if mark.number and last.get(mark.family) == mark.number - 1]
    beginning = [mark for mark in marks if mark.number <= 1]
    return next(iter([*following, *beginning, *marks]), None)


def _item(line: _Line, *, mark: Mark, open_lists: list[_List]) -> str:
    """The HTML up to and with this item's text; its element stays open for lists inside."""
    html: list[str] = []
    families = [each.family for each in open_lists]
    while mark.family in families and open_lists[-1].family != mark.family:
        html.append(_close(open_lists.pop()))
    text = escape(line.text, quote=False)
    if mark.family in families and (mark.is_bullet or mark.number == open_lists[-1].last + 1):
        open_lists[-1].last = mark.number
        return "".join([*html, f"</li><li>{text}"])
    if mark.family in families:
        # The numbers start anew or jump: a list of its own, beside the one before.
        html.append(_close(open_lists.pop()))
    open_lists.append(_List(mark.family, mark.number))
    return "".join([*html, f"{_opening(mark)}<li>{text}"])


def _opening(mark: Mark) -> str:
    if mark.is_bullet:
        return "<ul>"
    letter = _TYPES.get(mark.family.strip("()."), "")
    start = f' start="{mark.number}"' if mark.number > 1 else ""
    return f'<ol{start} type="{letter}">' if letter else f"<ol{start}>"


def _close(one: _List) -> str:
    return "</li></ol>" if one.last else "</li></ul>"


def _closed(open_lists: list[_List]) -> str:
    html = "".join(_close(one) for one in reversed(open_lists))
    open_lists.clear()
    return html
