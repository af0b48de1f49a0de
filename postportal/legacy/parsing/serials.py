"""Serial numbers of stamp issues: 2016-4, 2016-4T, 特11-2018."""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_YEAR = r"(?P<year>(?:18[4-9]|19\d|20\d)\d)"
_HYPHEN = r"\s?[-\u2010-\u2015\u2212\u30fc]\s?"
_NUMBER = r"(?P<number>\d{1,3})"
_TYPE = r"\s?\(?(?P<type>[TJPR])?\)?"
_YEAR_FIRST = re.compile(rf"(?P<series>[A-Z]{{1,2}}|[特个普贺纪])?{_YEAR}{_HYPHEN}{_NUMBER}{_TYPE}\Z")
_NUMBER_FIRST = re.compile(rf"(?P<series>[A-Z]{{1,2}}|[特个普贺纪])\s?{_NUMBER}{_HYPHEN}{_YEAR}\Z")
_TRAILING_SERIAL = re.compile(rf"{_YEAR}{_HYPHEN}{_NUMBER}(?P<type>\s?\(?[TJ]\)?)?\Z")
_MAX_LENGTH = 24


@dataclass(frozen=True, slots=True, order=True)
class Serial:
    year: int
    number: int
    series: str = ""
    # T (special) or J (commemorative), if it is printed after the number.
    type: str = ""

    def __str__(self) -> str:
        return f"{self.series}{self.year}-{self.number}"


def read_serial(text: str) -> Serial | None:
    """Read the whole text as a serial number. Return None if it is something else."""
    text = collapse_whitespace(to_half_width(text)).removeprefix("No.").strip()
    if len(text) > _MAX_LENGTH:
        return None
    match = _YEAR_FIRST.match(text) or _NUMBER_FIRST.match(text)
    if match is None or int(match["number"]) == 0:
        return None
    return Serial(int(match["year"]), int(match["number"]), match["series"] or "", match.groupdict().get("type") or "")


def split_serial(text: str) -> tuple[str, Serial] | None:
    """Split off a serial number at the end: ("Children’s Games(Ⅰ)", 2017-13) for "Children’s Games(Ⅰ)2017-13"."""
    tail = to_half_width(text[-_MAX_LENGTH:])
    match = _TRAILING_SERIAL.search(tail)
    # 2017-16-3 is a date or a range, not a serial number.
    if match is None or int(match["number"]) == 0 or re.search(r"\d[-./]\Z", tail[: match.start()]):
        return None
    kind = re.sub(r"\W", "", match["type"] or "")
    return text[: len(text) - len(tail) + match.start()], Serial(int(match["year"]), int(match["number"]), "", kind)
