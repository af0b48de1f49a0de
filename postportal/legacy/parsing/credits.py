"""Credits: the line in brackets under a text, and lists of names on stamp pages."""

import re
from collections.abc import Sequence

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, strip_blank_lines

_MAX_CREDIT_LENGTH = 60
_CREDIT_LINE = re.compile(r"\s*[(（\[【](?P<credit>[^()（）\[\]【】]{2,})[)）\]】]\s*\Z")
_LABEL = re.compile(
    r"(?:(?:source|from|reported by|by|report|来源|稿件来源|供稿|作者|撰稿)\s?[:：]\s?|by (?=[A-Z]))", re.IGNORECASE
)
# After the last sentence, only names that a sentence would not have in brackets at its very end.
_AGENCIES = (
    r"China Post(?: News| Group)?|State Post Bureau|Xinhua(?: News Agency)?|"
    r"中国邮政(?:报|网|集团)?|国家邮政局|新华社"
)
_TRAILING_CREDIT = re.compile(
    rf"(?<=[.!?。！？”\"])\s*[(（](?P<credit>(?:source|来源)\s?[:：][^()（）]{{2,50}}|{_AGENCIES})[)）]\s*\Z"
)
_SENTENCE = re.compile(r"[.!?。！？；;]")
_LIST_MARKER = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})\Z")
_EDITORS = re.compile(
    r"[\[(（【]?\s*(?:editors?(?: in charge)?|edited by|responsible editor|责任编辑|责编|编辑|审核|校对)\s?[:：]",
    re.IGNORECASE,
)

_BRACKETS = re.compile(r"([(（\[【][^()（）\[\]【】]*[)）\]】])")
_SEPARATORS = re.compile(
    r"\s*(?:[&＆,，、;；/]|(?<=\s)and(?=\s)|(?<=[\u4e00-\u9fff])\s*[和与及]\s*(?=[\u4e00-\u9fff]{2}))\s*", re.IGNORECASE
)
_AND_OTHERS = re.compile(r"(?:\s(?:etc|et al)\.?|(?<=[\u4e00-\u9fff]{2})等)\Z", re.IGNORECASE)
_NOT_NAMES = {"", "etc", "etc.", "et al", "et al.", "等", "-", "—", "/", "n/a", "none", "unknown", "无", "and"}


def split_credit(lines: Sequence[str], *, source: str = "") -> tuple[list[str], str]:
    """Return the lines without the credit under them, and the credit: "China Post" for "(China Post)", "" for none."""
    rest = strip_blank_lines(list(lines))
    if not rest:
        return rest, ""
    credit = _read_credit_line(rest[-1])
    if credit:
        return strip_blank_lines(rest[:-1]), credit
    tail = rest[-1][-80:]
    match = _TRAILING_CREDIT.search(tail) or _match_trailing_source(tail, source=source)
    if match:
        last_line = rest[-1][: len(rest[-1]) - len(tail) + match.start()]
        return [*rest[:-1], last_line.rstrip()], _strip_label(match["credit"])
    return rest, ""


def split_editors(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines without the lines at the end that name editors, and those lines."""
    rest = strip_blank_lines(list(lines))
    editors: list[str] = []
    while rest and len(rest[-1]) <= 100 and _EDITORS.match(rest[-1].strip()):
        editors.insert(0, collapse_whitespace(rest.pop()))
        rest = strip_blank_lines(rest)
    return rest, editors


def split_names(text: str) -> list[str]:
    """Return ["Shao Lichen", "Ma Ji"] for "Shao Lichen & Ma Ji". Text in brackets (a country, the number of a stamp)
    belongs to no name and is left out."""
    names = [
        _AND_OTHERS.sub("", collapse_whitespace(part)).strip(".。:： ")
        for part in _SEPARATORS.split(_BRACKETS.sub(" ", text[:2000]))
    ]
    return list(dict.fromkeys(name for name in names if name.casefold() not in _NOT_NAMES))


def _read_credit_line(line: str) -> str:
    match = _CREDIT_LINE.match(line) if len(line) <= _MAX_CREDIT_LENGTH + 10 else None
    if match is None:
        return ""
    credit = collapse_whitespace(match["credit"])
    is_sentence = _SENTENCE.search(credit) and not credit.endswith(("Ltd.", "Co.", "Inc."))
    if is_sentence or _LIST_MARKER.match(credit) or len(credit) > _MAX_CREDIT_LENGTH or credit[0].isdigit():
        return ""
    return _strip_label(credit)


def _strip_label(credit: str) -> str:
    return collapse_whitespace(_LABEL.sub("", collapse_whitespace(credit), count=1))


def _match_trailing_source(tail: str, *, source: str) -> re.Match[str] | None:
    """Match the page's own source in brackets after the last sentence."""
    if not source:
        return None
    return re.search(rf"(?<=[.!?。！？”\"])\s*[(（](?P<credit>{re.escape(source)})[)）]\s*\Z", tail, re.IGNORECASE)
