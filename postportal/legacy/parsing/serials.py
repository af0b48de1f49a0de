"""Serial numbers of stamp issues as they are printed: 2016-4, 2016-4T, 2016-M, T.46, 纪94, 特11-2018."""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width
from services.models.serials import Numbering, serial_text

_YEAR = r"(?P<year>(?:18[4-9]|19\d|20\d)\d)"
_HYPHEN = r"\s?[-\u2010-\u2015\u2212\u30fc]\s?"
_NUMBER = r"(?P<number>\d{1,3})"
_TYPE = r"\s?\(?(?P<type>[TJPRM])?\)?"
_HAN_SERIES = "特个普贺纪文编"
_SERIES = rf"(?P<series>[A-Z]{{1,2}}|[{_HAN_SERIES}])"
_FORMS = (
    (re.compile(rf"{_SERIES}?{_YEAR}{_HYPHEN}{_NUMBER}{_TYPE}\Z"), Numbering.YEARLY),
    (re.compile(rf"{_SERIES}\s?{_NUMBER}{_HYPHEN}{_YEAR}\Z"), Numbering.YEARLY),
    (re.compile(rf"{_YEAR}{_HYPHEN}(?P<type>[A-Z])\Z"), Numbering.LETTER_LAST),
    (re.compile(rf"(?P<series>[A-Z]{{1,2}})\.\s?{_NUMBER}\Z"), Numbering.DOTTED),
    (re.compile(rf"(?P<series>[TJ])\s?-?\s?{_NUMBER}\Z"), Numbering.DOTTED),
    (re.compile(rf"(?P<series>[CSWNR]|[{_HAN_SERIES}])\s?{_NUMBER}\Z"), Numbering.RUNNING),
)
_TRAILING = (
    re.compile(rf"(?P<serial>{_YEAR}{_HYPHEN}{_NUMBER}(?:\s?\(?[TJPRM]\)?)?)\Z"),
    re.compile(rf"(?P<serial>(?<![A-Za-z\d])(?:[A-Z]{{1,2}}|[{_HAN_SERIES}])\s?\d{{1,3}}{_HYPHEN}{_YEAR})\Z"),
    re.compile(rf"(?P<serial>[{_HAN_SERIES}]{_YEAR}{_HYPHEN}{_NUMBER})\Z"),
    re.compile(rf"(?P<serial>{_YEAR}{_HYPHEN}[A-Z])\Z"),
    re.compile(r"(?<![A-Z])(?P<serial>[TJ]\.\s?\d{1,3})\Z"),
    re.compile(rf"(?P<serial>[{_HAN_SERIES}]\d{{1,3}})\Z"),
)
_LEADING = re.compile(
    rf"(?:No\.\s?)?(?P<serial>[A-Z]{{0,2}}{_YEAR}{_HYPHEN}{_NUMBER}(?:\s?\(?[TJPRM]\)?)?|[TJ]\.\s?\d{{1,3}}|"
    rf"[{_HAN_SERIES}]\d{{1,3}}(?:{_HYPHEN}(?:19|20)\d\d)?)(?:[\s:：、.,]+|(?=[《“\"\u4e00-\u9fff]))(?=\S)(?![-./]?\d)"
)
_LABEL = re.compile(r"(?:No\.?|Serial (?:No\.?|Number)|志号|编号|第)\s?[:：]?\s?", re.IGNORECASE)
_MAX_LENGTH = 30


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number. Running ones (T.46) have no year, and the one of a mark alone (2016-M) has no number."""

    year: int | None
    number: int | None
    series: str = ""
    numbering: str = Numbering.YEARLY

    def __str__(self) -> str:
        return serial_text(numbering=self.numbering, series=self.series, year=self.year, number=self.number)

    @property
    def type(self) -> str:
        """Return the letter that says what kind of issue it is: T for special, J for commemorative ones."""
        return {"特": "T", "纪": "J", "普": "R"}.get(self.series, self.series)


def read_serial(text: str) -> Serial | None:
    """Read the whole text as a serial number. Return None if it is something else."""
    text = collapse_whitespace(to_half_width(text)).rstrip(".。;,")
    if len(text) > _MAX_LENGTH:
        return None
    text = _LABEL.sub("", text, count=1).strip() if _LABEL.match(text) else text
    for pattern, numbering in _FORMS:
        if match := pattern.match(text):
            return _build(match, numbering=numbering)
    return None


def split_serial(text: str) -> tuple[str, Serial] | None:
    """Split off a serial number at the end: ("Children’s Games(Ⅰ)", 2017-13) for "Children’s Games(Ⅰ)2017-13"."""
    tail = to_half_width(text[-_MAX_LENGTH:])
    for pattern in _TRAILING:
        match = pattern.search(tail)
        # 2017-16-3 is a date or a range, not a serial number.
        if match is None or re.search(r"\d[-./]\Z", tail[: match.start("serial")]):
            continue
        serial = read_serial(match["serial"])
        if serial:
            return text[: len(text) - len(tail) + match.start("serial")], serial
    return None


def split_leading_serial(text: str) -> tuple[str, Serial] | None:
    """Split off a serial number at the beginning: ("Boats", 2017-13) for "2017-13 Boats"."""
    match = _LEADING.match(to_half_width(text[:_MAX_LENGTH]))
    serial = read_serial(match["serial"]) if match else None
    return (text[match.end() :], serial) if match and serial else None


def _build(match: re.Match[str], *, numbering: Numbering) -> Serial | None:
    parts = match.groupdict()
    number = int(parts["number"]) if parts.get("number") else None
    if number == 0:
        return None
    year, mark = int(parts["year"]) if parts.get("year") else None, parts.get("type") or ""
    if mark and not parts.get("series"):
        return Serial(year, number, mark, Numbering.LETTER_LAST)
    return Serial(year, number, parts.get("series") or "", numbering)
