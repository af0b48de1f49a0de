"""Lines of lists: their bullets or numbers, links and table cells taken off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from postportal.legacy.parsing.dates import read_date
from postportal.legacy.parsing.navigation import BULLET
from postportal.legacy.parsing.old_urls import OldUrl, read_url
from postportal.legacy.parsing.serials import read_serial
from postportal.legacy.parsing.stamp_labels import field_name_of
from postportal.legacy.parsing.table_rows import read_row
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_DASH = re.compile(r"\s*[-*+–—]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(?:[(（]\d{1,3}[)）]|\d{1,3}\s?[.、．)）])\s*(?=[^\s\d])")
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]+)(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line without its bullet or number (`is_marked`), and the address it links to."""

    text: str
    is_marked: bool = False
    is_indented: bool = False
    link: OldUrl | None = None


def is_numbered_list(lines: Sequence[str]) -> bool:
    return sum(_NUMBER.match(line) is not None for line in lines) > 1


def read_entry_line(line: str, *, is_numbered: bool = False) -> EntryLine:
    link = next((url for match in _LINK.finditer(line) if (url := read_url(match["url"]))), None)
    line = _LINK.sub(lambda match: match["text"], line)
    cells = read_row(line)
    if cells is not None:
        text = _text_of_row([cell for cell in cells if cell])
        return EntryLine(text, any(map(read_serial, cells)), link=link)
    mark = BULLET.match(line) or _DASH.match(line) or (_NUMBER.match(line) if is_numbered else None)
    text = collapse_whitespace(line[mark.end() :] if mark else line)
    return EntryLine(text, mark is not None, line.startswith(" "), link)


def _text_of_row(cells: list[str]) -> str:
    """Return the cells with serial number and date last, or "" for the head of a table."""
    if cells and all(field_name_of(cell) or cell.casefold() in {"no.", "序号", "备注", "remarks"} for cell in cells):
        return ""
    serials = [cell for cell in cells if read_serial(cell)]
    dates = [cell for cell in cells if read_date(cell)]
    return " ".join([*(cell for cell in cells if cell not in serials + dates), *serials, *dates])
