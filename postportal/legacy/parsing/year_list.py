"""Stamp lists of a year: entries like "• Children’s Games(Ⅰ)2017-13", each with a few words below."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from postportal.legacy.parsing.dates import split_date
from postportal.legacy.parsing.list_entries import EntryLine, is_numbered_list, read_entry_line
from postportal.legacy.parsing.navigation import read_known_entry, read_stamp_year, strip_bullet
from postportal.legacy.parsing.old_urls import OldUrl
from postportal.legacy.parsing.page_head import looks_like_title, strip_ellipsis
from postportal.legacy.parsing.page_tools import is_page_tool
from postportal.legacy.parsing.serials import Serial, read_serial, split_leading_serial, split_serial
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_MAX_ENTRY_LENGTH = 200
# The old site cut titles at some 40 characters; a longer line without a bullet is text.
_MAX_BARE_TITLE_LENGTH = 60
_MAX_HEADING_LINES = 4
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PAGE = r"\s*(?:[(（\[]?\s*(?:page\s*|第\s*)?\d{1,2}\s*页?\s*(?:/\s*\d{1,2})?\s*[)）\]]?)?\Z"
_HEADINGS = [
    re.compile(
        rf"{_YEAR}\s(?:china\s|chinese\s|new\s|commemorative\s|special\s|and\s|postage\s)*stamps?"
        rf"(?:\s(?:issues?|issued|programme|program|list|catalogue|plan|issuing plan|issue plan))?{_PAGE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:new\s|postage\s|list of\s|china\s)*stamps?(?:\s(?:issues?|issued|programme|program|list))?"
        rf"(?:\s(?:in|of|for))?(?:\sthe year)?\s?[:,(]?\s?{_YEAR}\)?{_PAGE}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_YEAR}\s?年?度?\s?(?:中国)?(?:纪特|新|纪念|特种|、|和)*(?:邮票|新邮)(?:发行)?(?:计划|目录|一览|列表|预报|大全)?{_PAGE}"
    ),
]


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An entry of the list. If `is_truncated`, `title` is only the beginning of the title."""

    serial: Serial | None
    title: str
    is_truncated: bool
    text: str
    link: OldUrl | None = None


@dataclass(frozen=True, slots=True)
class YearList:
    year: int | None
    heading: str
    issues: tuple[ListedIssue, ...]
    findings: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    line: EntryLine
    title: str
    serial: Serial | None
    date: str = ""
    text: list[str] = field(default_factory=list)


def find_year_heading(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return ("2017 Stamps", 2017) if the page begins with such a heading, otherwise None."""
    for line in [line for line in lines if line.strip()][:_MAX_HEADING_LINES]:
        if year := _read_heading(line):
            return collapse_whitespace(line), year
    return None


def count_entries(lines: Sequence[str], *, breadcrumbs: Sequence[str] = ()) -> int:
    """Return the number of entries. Without a heading above them, only serial numbers show what they are."""
    heading = find_year_heading([*breadcrumbs[-1:], *lines])
    entries, _ = _read_entries(lines, is_list=heading is not None)
    return len(entries)


def read_year_list(lines: Sequence[str], *, breadcrumbs: Sequence[str] = ()) -> YearList:
    """Read the list. Its year may stand in the breadcrumbs only."""
    heading = find_year_heading(lines) or find_year_heading(breadcrumbs[-1:])
    entries, lines_above = _read_entries(lines, is_list=heading is not None)
    year = heading[1] if heading else _most_common_year([entry.serial for entry in entries if entry.serial])
    findings = [f"text above the list not imported: “{text}”" for text in lines_above]
    findings += [
        f"{entry.serial} is in the list of {year}"
        for entry in entries
        if entry.serial and entry.serial.year not in (None, year)
    ]
    findings += [f"date in the list not imported: {entry.date} ({entry.title})" for entry in entries if entry.date]
    return YearList(year, heading[0] if heading else "", tuple(map(_build_issue, entries)), tuple(findings))


def _read_heading(line: str) -> int | None:
    text = collapse_whitespace(line[:80]) if len(line) <= 80 else ""
    match = next((match for pattern in _HEADINGS if (match := pattern.match(text))), None)
    return int(match["year"]) if match else read_stamp_year(line)


def _read_entries(lines: Sequence[str], *, is_list: bool) -> tuple[list[_Entry], list[str]]:
    """Return the entries and the lines above the first one."""
    joined = _join_serials([line for line in lines if not is_page_tool(line)])
    is_numbered = is_list and is_numbered_list(joined)
    read = [read_entry_line(line, is_numbered=is_numbered) for line in joined]
    has_marks = any(line.is_marked for line in read)
    entries: list[_Entry] = []
    lines_above: list[str] = []
    for index, line in enumerate(read):
        if not line.text or _read_heading(line.text) or (is_list and line.is_marked and read_known_entry(line.text)):
            continue
        entry = _read_entry(line)
        below = next((each for each in read[index + 1 :] if each.text), None)
        if entry.serial is None and not (is_list and _is_title(line, below=below, has_marks=has_marks)):
            (entries[-1].text if entries else lines_above).append(line.text)
        else:
            entries.append(entry)
    return entries, lines_above


def _is_title(line: EntryLine, *, below: EntryLine | None, has_marks: bool) -> bool:
    """Return True for the title of an entry without a number: by its bullet, or by the words indented below it."""
    if line.is_marked or line.link:
        return len(line.text) <= _MAX_ENTRY_LENGTH
    if has_marks or line.is_indented or len(line.text) > _MAX_BARE_TITLE_LENGTH or not looks_like_title(line.text):
        return False
    is_above_text = below is not None and (below.is_indented or not looks_like_title(below.text))
    return strip_ellipsis(line.text)[1] or is_above_text


def _join_serials(lines: Sequence[str]) -> list[str]:
    """Return the lines with each serial number on a line of its own joined to the title above it."""
    joined: list[str] = []
    for line in lines:
        above = next((n for n in range(len(joined) - 1, -1, -1) if joined[n].strip()), None)
        is_alone = read_serial(strip_bullet(line).strip(" ()（）[]【】")) is not None
        if is_alone and above is not None and _can_have_serial(joined[above]):
            joined[above] += f" {line.strip().strip('()（）[]【】')}"
        else:
            joined.append(line)
    return joined


def _can_have_serial(line: str) -> bool:
    return (
        len(line) <= _MAX_ENTRY_LENGTH and not _read_heading(line) and _read_entry(read_entry_line(line)).serial is None
    )


def _read_entry(line: EntryLine) -> _Entry:
    """Read the line as an entry; without a number, if it has none."""
    text, date = line.text, ""
    if len(text) > _MAX_ENTRY_LENGTH:
        return _Entry(line, text, None)
    dated = split_date(text.rstrip(")）]】 "))
    if dated and re.search(r"\w", dated[0]):
        text, date = dated[0].rstrip(" ([（【|"), dated[1].printed
    split = split_serial(text) or split_serial(text.rstrip(")）]】")) or split_leading_serial(text)
    title = collapse_whitespace(split[0] if split else text).strip(" :：-–—\t(（[【|")
    if not re.search(r"\w", title):
        return _Entry(line, line.text, None)
    return _Entry(line, title, split[1] if split else None, date)


def _build_issue(entry: _Entry) -> ListedIssue:
    title, is_truncated = strip_ellipsis(entry.title)
    quoted = re.fullmatch(r"《([^《》]+)》", title)
    title = collapse_whitespace(quoted[1] if quoted else title)
    return ListedIssue(entry.serial, title, is_truncated, " ".join(entry.text), entry.line.link)


def _most_common_year(serials: list[Serial]) -> int | None:
    years = Counter(serial.year for serial in serials if serial.year)
    return years.most_common(1)[0][0] if years else None
