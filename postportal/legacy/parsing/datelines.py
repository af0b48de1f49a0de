"""Datelines: the line under a title with source and date, like "| China Post News |2021-12-08"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postportal.legacy.parsing.dates import PrintedDate, find_date, read_date
from postportal.legacy.parsing.stamp_labels import field_name_of, is_heading
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_MAX_LENGTH = 200
_PIPES = re.compile(r"[|｜丨│]")
_FIELD_LABELS = {
    "source": (
        r"(?:article |news )?source|from|origin|(?:稿件|信息|文章|新闻|消息|本文)?来源(?:于|自)?|稿源|"
        r"发布单位|发布机构|发布者|供稿(?:单位)?|作者单位"
    ),
    "date": (
        r"date|time|published(?: on| at)?|publish(?:ing)? (?:date|time)|publication date|"
        r"released?(?: date| time)?|posted(?: on)?|updated|(?:发布|发表|发稿|更新|成文|录入|添加)?(?:日期|时间)|发布于"
    ),
    "editor": (
        r"editors?(?: in charge)?|responsible editor|edited by|proofreaders?|"
        r"(?:责任|网络|本期|执行)?编辑|责编|审核|审稿|校对|编审"
    ),
    "author": (
        r"authors?|writers?|reporters?|correspondents?|by|text by|photos? by|photographers?|"
        r"(?:本报|特约)?(?:作者|记者|撰稿|通讯员)(?:/摄影)?|撰文|摄影|摄|文/图|图/文|文|图"
    ),
    "ignored": (
        r"(?:page )?(?:hits?|views?|clicks?|visits?|reads?)|(?:点击|浏览|阅读|访问|关注)(?:次数|量|数|率)?|人气|"
        r"字体(?:大小)?|字号|分享(?:到)?|font(?: size)?|text size|share(?: to)?"
    ),
}
_COLON = r"\s?[:：﹕]"
# A label needs no blank before it: the source may be joined to the date, "2022-08-03来源:中国邮政报".
_FIELD = re.compile(
    rf"(?<![A-Za-z])[\[(（【]?(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _FIELD_LABELS.items())}){_COLON}",
    re.IGNORECASE,
)
# "（记者 张三）"
_NAMED_WITHOUT_COLON = re.compile(r"((?:记者|通讯员|作者|编辑))\s+(?=[\u4e00-\u9fff])")
_BRACKETS = " |｜[](（）)【】;；,，·•-—"
_MAX_SOURCE_LENGTH = 60
# "China Post News", 中国邮政报; not "It opened on".
_NAME = re.compile(r"(?:(?:[A-Z][\w.'’-]*|of|and|the|for|&)(?: |\Z)){1,6}\Z|[\u4e00-\u9fff·]{2,16}\Z")
# Words at the end of a publisher's name: only these may be joined to the date, because a title may be, too.
_PUBLISHER = re.compile(
    r"(?:\b(?:Post|News|Bureau|Agency|Press|Daily|Times|Online|Group|Net)|[报网社局刊]|日报|晚报|邮政|集团|公司)\Z"
)
_VIEW_TOOLS = re.compile(r"[\d\s大中小次A+\-aA-Zlargemdius|]*\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    source: str = ""
    author: str = ""
    date: PrintedDate | None = None
    editor: str = ""

    def joined_with(self, other: "Dateline") -> "Dateline | None":
        """Return one dateline made of two that stand below each other, or None if both have the same part."""
        if (self.source and other.source) or (self.date and other.date):
            return None
        names = [", ".join(filter(None, pair)) for pair in ((self.author, other.author), (self.editor, other.editor))]
        return Dateline(self.source or other.source, names[0], self.date or other.date, names[1])


def read_dateline(line: str) -> Dateline | None:
    """Read the line as a dateline. Return None if it is something else."""
    text = line.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if date := read_date(text):
        return Dateline(date=date)
    if _FIELD.search(to_half_width(text)):
        return _read_labelled(text)
    return _read_piped(text) if _PIPES.search(text) else None


def join_datelines(first: Dateline, lines: Sequence[str]) -> tuple[Dateline, int]:
    """Return the dateline with the lines directly below it that complete it, and the number of these lines."""
    count = 0
    for line in lines:
        below = read_dateline(line) or _read_names(line)
        joined = first.joined_with(below) if below else None
        if joined is None:
            break
        first, count = joined, count + 1
    return first, count


def _read_names(line: str) -> Dateline | None:
    """Read a line that has only names: "Reporter: Li Ming  Editor: Wang Fang"."""
    found: dict[str, list[str]] = {}
    if len(line) > _MAX_LENGTH or not _FIELD.search(to_half_width(line)):
        return None
    _collect(_NAMED_WITHOUT_COLON.sub(r"\1：", line), found=found)
    is_short = all(len(value) <= _MAX_SOURCE_LENGTH for values in found.values() for value in values)
    if not is_short or not {"author", "editor"}.issuperset(found):
        return None
    return Dateline("", ", ".join(found.get("author", [])), None, ", ".join(found.get("editor", [])))


def read_loose_dateline(line: str) -> Dateline | None:
    """Read a source and a date without a separator ("China Post 2016-06-24", "2016-06-24 China Post", "China
    Post2016-06-24"). Only for lines below a known title."""
    found = find_date(line.strip()) if len(line) <= _MAX_SOURCE_LENGTH + 30 else None
    if found is None:
        return None
    before, date, after = found
    if bool(before.strip()) == bool(after.strip()):
        return None
    source = collapse_whitespace(before or after).strip(_BRACKETS)
    is_apart = before.endswith((" ", "]", "】", ")", "）", "|")) or bool(after.strip())
    if not _NAME.match(source) or not (is_apart or _PUBLISHER.search(source)):
        return None
    return Dateline(source=source, date=date)


def _read_piped(text: str) -> Dateline | None:
    parts = [collapse_whitespace(part) for part in _PIPES.split(text)]
    filled = [part for part in parts if part]
    dates = [date for part in filled if (date := read_date(part))]
    names = [part for part in filled if read_date(part) is None]
    if any(field_name_of(name) or is_heading(name) for name in names):
        # A row of a table with the facts of a stamp.
        return None
    if any(len(name) > _MAX_SOURCE_LENGTH for name in names) or len(names) > 2 or len(dates) > 1:
        return None
    if not dates and not (len(names) == 1 and _PIPES.match(text)):
        return None
    return Dateline(source=names[0] if names else "", author="".join(names[1:]), date=next(iter(dates), None))


def _read_labelled(text: str) -> Dateline | None:
    """Read "Source: China Post  Date: 2016-06-24", in any order. Each value ends at the next label or at the date."""
    date, parts = _take_date(_NAMED_WITHOUT_COLON.sub(r"\1：", text))
    found: dict[str, list[str]] = {}
    for part in parts:
        _collect(part, found=found)
    loose = found.pop("", [])
    if date is None and not found.get("source"):
        return None
    if not found.get("source") and len(loose) == 1 and _NAME.match(loose[0]):
        found["source"] = [loose.pop()]
    if loose or any(len(value) > _MAX_SOURCE_LENGTH for values in found.values() for value in values):
        return None
    if not all(_VIEW_TOOLS.match(value) for value in found.get("ignored", [])):
        return None
    sources = found.get("source", [])
    # A second name beside the source is a person.
    author = ", ".join([*sources[1:], *found.get("author", [])])
    return Dateline("".join(sources[:1]), author, date, ", ".join(found.get("editor", [])))


def _take_date(text: str) -> tuple[PrintedDate | None, list[str]]:
    found = find_date(text)
    if found is None:
        return None, [text]
    before, date, after = found
    return date, [before, after]


def _collect(text: str, *, found: dict[str, list[str]]) -> None:
    """Add the values of a part of the line by label, "" for words without one."""
    labels = list(_FIELD.finditer(to_half_width(text)))
    before = collapse_whitespace(text[: labels[0].start() if labels else len(text)]).strip(_BRACKETS)
    if before:
        found.setdefault("", []).append(before)
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        value = collapse_whitespace(text[label.end() : following.start() if following else len(text)]).strip(_BRACKETS)
        if value:
            found.setdefault(label.lastgroup or "", []).append(value)
