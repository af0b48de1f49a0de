"""The head of a page: dateline and title, which may be repeated, joined to the date, truncated or missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from postportal.legacy.parsing.datelines import Dateline, join_datelines, read_dateline, read_loose_dateline
from postportal.legacy.parsing.dates import PrintedDate, split_date
from postportal.legacy.parsing.list_markers import read_list_markers
from postportal.legacy.parsing.navigation import BULLET
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_MAX_TITLE_LENGTH = 300
# A dateline is within this many lines of the top, not counting blank ones.
_MAX_HEAD_LINES = 6
# Begins where a run does: begun at each of its characters, the time would grow with the square of its length.
_ELLIPSIS = re.compile(r"(?<!\s)\s*(?:(?<!\.)\.{2,}|(?<!…)…+)\Z")
_SENTENCE_END = re.compile(r"[.。;；,，:：]\Z")
_ABBREVIATION = re.compile(r"\b(?:Ltd|Inc|Co|Corp|No|St|Jr|Dr)\.\Z|\b[A-Z]\.\Z")


class TitleForm(StrEnum):
    ONCE = "once"
    TWICE = "twice"
    WITH_DATE = "with date"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PageHead:
    """Title and dateline of a page. The head takes up the first `line_count` lines of the content."""

    title: str
    form: TitleForm
    subtitle: str
    dateline: Dateline
    line_count: int

    @property
    def is_truncated(self) -> bool:
        return _ELLIPSIS.search(self.title) is not None


def read_head(lines: Sequence[str]) -> PageHead:
    """Read the head of a news page: by its dateline, by a date joined to the title, or else by its shape."""
    filled = [(index, collapse_whitespace(line)) for index, line in enumerate(lines) if line.strip()][:_MAX_HEAD_LINES]
    texts = [text for _, text in filled]
    dated_title = _find_repeated_title_with_date(texts)
    at = _find_dateline(texts)
    if at is None and dated_title is None:
        dated_title = _find_title_with_date(texts)
    if at is None and dated_title is None:
        return read_title(lines)
    end = max(at if at is not None else -1, dated_title[0] if dated_title else -1)
    titles = texts[: at if at is not None else end + 1]
    dateline = Dateline()
    if at is not None:
        rest = _split_repeated_title(texts, at=at)
        titles = [*titles, texts[at - 1]] if rest else titles
        dateline = _read_any_dateline(rest or texts[at], has_title=at > 0) or dateline
        dateline, count = join_datelines(dateline, texts[at + 1 :])
        end = max(end, at + count)
    if dated_title:
        index, title, date = dated_title
        titles = [*titles[: max(index - 1, 0)], title, *titles[index + 1 :]]
        dateline = Dateline(dateline.source, dateline.author, dateline.date or date)
    title, form, subtitle = _choose_title(titles)
    form = TitleForm.WITH_DATE if dated_title else form
    return PageHead(title, form, subtitle, dateline, filled[end][0] + 1)


def read_title(lines: Sequence[str]) -> PageHead:
    """Read the head of a page without a dateline: a repeated title, or a first line that looks like one."""
    filled = [(index, collapse_whitespace(line)) for index, line in enumerate(lines) if line.strip()][:2]
    if len(filled) == 2 and _is_same_title(filled[0][1], filled[1][1]):
        return PageHead(_choose_uncut(filled[0][1], filled[1][1]), TitleForm.TWICE, "", Dateline(), filled[1][0] + 1)
    if filled and looks_like_title(filled[0][1]):
        return PageHead(filled[0][1], TitleForm.ONCE, "", Dateline(), filled[0][0] + 1)
    return PageHead("", TitleForm.MISSING, "", Dateline(), 0)


def looks_like_title(text: str) -> bool:
    """Return True for a short line that is neither a sentence nor a list item."""
    if not text or len(text) > 150 or BULLET.match(text) or read_list_markers(text):
        return False
    return not _SENTENCE_END.search(text) or bool(_ABBREVIATION.search(text) or _ELLIPSIS.search(text))


def strip_ellipsis(title: str) -> tuple[str, bool]:
    """Return the title without the dots at its end, and True if there were any."""
    return _ELLIPSIS.sub("", title), bool(_ELLIPSIS.search(title))


def head_from_titles(lines: Sequence[str]) -> PageHead:
    """Make the head from lines that are all known to be above the text."""
    texts = [collapse_whitespace(line) for line in lines if line.strip()]
    title, form, subtitle = _choose_title(texts)
    return PageHead(title, form, subtitle, Dateline(), len(lines))


def _find_dateline(texts: list[str]) -> int | None:
    for index, text in enumerate(texts):
        if index and len(texts[index - 1]) > _MAX_TITLE_LENGTH:
            return None
        if _split_repeated_title(texts, at=index):
            return index
        if _is_repeated_with_date(texts, at=index):
            continue
        if _read_any_dateline(text, has_title=index > 0) is not None and not (
            index and _is_same_title(text, texts[index - 1])
        ):
            return index
    return None


def _split_repeated_title(texts: list[str], *, at: int) -> str:
    """Return the dateline of a line that repeats the title before it ("Night mail来源:中国邮政2022-08-03"), or ""."""
    title = texts[at - 1] if at else ""
    rest = texts[at][len(title) :].strip() if title and texts[at].startswith(title) else ""
    found = read_dateline(rest) if rest else None
    return rest if found and found.source else ""


def _is_repeated_with_date(texts: list[str], *, at: int) -> bool:
    split = split_date(texts[at])
    return bool(at and split and _is_same_title(collapse_whitespace(split[0]), texts[at - 1]))


def _read_any_dateline(text: str, *, has_title: bool) -> Dateline | None:
    return read_dateline(text) or (read_loose_dateline(text) if has_title else None)


def _find_repeated_title_with_date(texts: list[str]) -> tuple[int, str, PrintedDate] | None:
    """Find a line that repeats the line before it with a date at the end. Return (index, title, date)."""
    for index in range(1, min(len(texts), 4)):
        split = split_date(texts[index])
        if split and split[0].strip() and _is_same_title(collapse_whitespace(split[0]), texts[index - 1]):
            return index, _choose_uncut(collapse_whitespace(split[0]), texts[index - 1]), split[1]
    return None


def _find_title_with_date(texts: list[str]) -> tuple[int, str, PrintedDate] | None:
    """Find a date at the end of the first line, without a space before it. Return (index, title, date)."""
    if not texts or len(texts[0]) > _MAX_TITLE_LENGTH or BULLET.match(texts[0]):
        return None
    split = split_date(texts[0])
    is_twice = len(texts) > 1 and _is_same_title(texts[0], texts[1])
    # "Notice of 2016-06-24", twice: the date is a part of the title.
    if split is None or not split[0] or (is_twice and split[0].endswith(" ")):
        return None
    return int(is_twice), collapse_whitespace(split[0]), split[1]


def _choose_title(texts: list[str]) -> tuple[str, TitleForm, str]:
    """Return (title, form of the title, subtitle) from the lines above the dateline."""
    if not texts:
        return "", TitleForm.MISSING, ""
    half = len(texts) // 2
    if half > 1 and len(texts) % 2 == 0 and texts[:half] == texts[half:]:
        # A title of two lines, twice.
        return " ".join(texts[:half])[:_MAX_TITLE_LENGTH], TitleForm.TWICE, ""
    title, *others = texts
    form = TitleForm.ONCE
    if doubled := _undouble(title):
        title, form = doubled, TitleForm.TWICE
    if others and _is_same_title(title, others[0]):
        title = _choose_uncut(title, others.pop(0))
        form = TitleForm.TWICE
    return title, form, " ".join(other for other in others if not _is_same_title(other, title))


def _is_same_title(one: str, other: str) -> bool:
    """Compare two titles, one of which may be truncated."""
    if one.casefold() == other.casefold():
        return True
    for truncated, whole in ((one, other), (other, one)):
        stem = _ELLIPSIS.sub("", truncated)
        if stem != truncated and len(stem) >= 10 and whole.casefold().startswith(stem.casefold()):
            return True
    return False


def _choose_uncut(one: str, other: str) -> str:
    """Return the copy of a title that is not truncated."""
    return max(one, other, key=lambda text: (not _ELLIPSIS.search(text), len(text)))


def _undouble(text: str) -> str:
    """Return the title of a line that has it twice, or "" for any other line."""
    half = len(text) // 2
    first, second = text[:half].strip(), text[len(text) - half :].strip()
    return first if len(first) >= 10 and first == second else ""
