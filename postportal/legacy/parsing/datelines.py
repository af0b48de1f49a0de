"""Datelines: the line under a title with source and date, like "| China Post News |2021-12-08"."""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.dates import PrintedDate, read_date, split_date
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_MAX_LENGTH = 160
_PIPES = re.compile(r"[|｜丨│]")
_FIELD_LABELS = {
    "source": r"source|from|origin|article source|来源|稿件来源|信息来源|文章来源|新闻来源|发布单位|发布机构",
    "date": (
        r"date|time|published|publish(?:ing)? (?:date|time)|released?(?: date| time)?|posted(?: on)?|updated|"
        r"(?:发布|发表|发稿|更新|成文)?(?:日期|时间)"
    ),
    "author": r"author|writer|reporter|by|作者|记者|撰稿|通讯员|文/图",
    "ignored": r"hits|views|clicks?|editor|点击数?|点击量|浏览次数|浏览量|阅读次数|阅读量|编辑|责任编辑|字体|字号|分享",
}
_FIELD = re.compile(
    r"(?:\A|(?<=[\s|\[(（【]))[\[(（【]?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIELD_LABELS.items())
    + r")\s?[:：]",
    re.IGNORECASE,
)
_MAX_SOURCE_LENGTH = 60
# "China Post News", 中国邮政报; not "It opened on".
_NAME = re.compile(r"(?:(?:[A-Z][\w.'’-]*|of|and|the|for|&)(?: |\Z)){1,6}\Z|[\u4e00-\u9fff·]{2,16}\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    source: str = ""
    author: str = ""
    date: PrintedDate | None = None


def read_dateline(line: str) -> Dateline | None:
    """Read the line as a dateline. Return None if it is something else."""
    text = line.strip()
    if not text or len(text) > _MAX_LENGTH:
        return None
    if date := read_date(text):
        return Dateline(date=date)
    if _FIELD.search(text):
        return _read_labelled(text)
    return _read_piped(text) if _PIPES.search(text) else None


def read_loose_dateline(line: str) -> Dateline | None:
    """Read a source and a date without a separator ("China Post 2016-06-24"). Only for lines below a known title."""
    split = split_date(line.strip()) if len(line) <= _MAX_SOURCE_LENGTH + 30 else None
    if split is None or not split[0].endswith((" ", "]", "】", ")", "）")):
        return None
    source = collapse_whitespace(split[0]).strip("[]【】()（）")
    return Dateline(source=source, date=split[1]) if _NAME.match(source) else None


def _read_piped(text: str) -> Dateline | None:
    parts = [collapse_whitespace(part) for part in _PIPES.split(text)]
    filled = [part for part in parts if part]
    dates = [date for part in filled if (date := read_date(part))]
    names = [part for part in filled if read_date(part) is None]
    if any(len(name) > _MAX_SOURCE_LENGTH for name in names) or len(names) > 2 or len(dates) > 1:
        return None
    if not dates and not (len(names) == 1 and _PIPES.match(text)):
        return None
    return Dateline(source=names[0] if names else "", author="".join(names[1:]), date=next(iter(dates), None))


def _read_labelled(text: str) -> Dateline | None:
    """Read "Source: China Post  Date: 2016-06-24". Each value ends at the next label."""
    labels = list(_FIELD.finditer(text))
    found: dict[str, str] = {}
    before = text[: labels[0].start()].strip(" |[](（）【】")
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(text)
        value = collapse_whitespace(text[label.end() : end]).strip(" |[](（）【】")
        found.setdefault(label.lastgroup or "", value)
    if "date" not in found and (split := split_date(found.get("source", ""))):
        found["source"], found["date"] = collapse_whitespace(split[0]), split[1].printed
    date = read_date(found.get("date", "")) or read_date(before)
    if any(len(value) > _MAX_SOURCE_LENGTH for value in found.values()) or (before and not date):
        return None
    if date is None and "source" not in found:
        return None
    return Dateline(source=found.get("source", ""), author=found.get("author", ""), date=date)
