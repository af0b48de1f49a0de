"""Stamp lists of a year: entries like "• Children’s Games(Ⅰ)2017-13", each with a few words below."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from postportal.legacy.parsing.navigation import read_stamp_year, strip_bullet
from postportal.legacy.parsing.page_head import strip_ellipsis
from postportal.legacy.parsing.serials import Serial, read_serial, split_serial
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_MAX_ENTRY_LENGTH = 200
_MAX_HEADING_LINES = 4


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An entry of the list. If `is_truncated`, `title` is only the beginning of the title."""

    serial: Serial
    title: str
    is_truncated: bool
    text: str


@dataclass(frozen=True, slots=True)
class YearList:
    year: int | None
    heading: str
    issues: tuple[ListedIssue, ...]
    findings: tuple[str, ...]


def find_year_heading(lines: Sequence[str]) -> tuple[str, int] | None:
    """Return ("2017 Stamps", 2017) if the page begins with such a heading, otherwise None."""
    for line in [line for line in lines if line.strip()][:_MAX_HEADING_LINES]:
        if year := read_stamp_year(line):
            return collapse_whitespace(line), year
    return None


def count_entries(lines: Sequence[str]) -> int:
    return sum(_split_entry(line) is not None for line in _join_serials(lines))


def read_year_list(lines: Sequence[str]) -> YearList:
    heading = find_year_heading(lines)
    entries: list[tuple[str, Serial, list[str]]] = []
    lines_above: list[str] = []
    for line in _join_serials(lines):
        split = _split_entry(line)
        if split:
            entries.append((*split, []))
        elif line.strip() and read_stamp_year(line) is None:
            (entries[-1][2] if entries else lines_above).append(collapse_whitespace(line))
    year = heading[1] if heading else _most_common_year([serial for _, serial, _ in entries])
    findings = [f"text above the list not imported: “{text[:80]}”" for text in lines_above]
    findings += [f"{serial} is in the list of {year}" for _, serial, _ in entries if serial.year != year]
    issues = tuple(_build_issue(title, serial, text) for title, serial, text in entries)
    return YearList(year, heading[0] if heading else "", issues, tuple(findings))


def _join_serials(lines: Sequence[str]) -> list[str]:
    """Return the lines with each serial number on a line of its own joined to the title above it."""
    joined: list[str] = []
    for line in lines:
        above = next((n for n in range(len(joined) - 1, -1, -1) if joined[n].strip()), None)
        is_alone = read_serial(strip_bullet(line).strip()) is not None
        if (
            is_alone
            and above is not None
            and _split_entry(joined[above]) is None
            and len(joined[above]) <= _MAX_ENTRY_LENGTH
        ):
            joined[above] += f" {line.strip()}"
        else:
            joined.append(line)
    return joined


def _split_entry(line: str) -> tuple[str, Serial] | None:
    text = strip_bullet(line).strip()
    if len(text) > _MAX_ENTRY_LENGTH:
        return None
    split = split_serial(text) or split_serial(text.removesuffix(")").removesuffix("）"))
    title = split[0].rstrip(" :：-–—\t(（") if split else ""
    return (collapse_whitespace(title), split[1]) if split and re.search(r"\w", title) else None


def _build_issue(title: str, serial: Serial, text: list[str]) -> ListedIssue:
    title, is_truncated = strip_ellipsis(title)
    return ListedIssue(serial, collapse_whitespace(title), is_truncated, " ".join(text))


def _most_common_year(serials: list[Serial]) -> int | None:
    return Counter(serial.year for serial in serials).most_common(1)[0][0] if serials else None
