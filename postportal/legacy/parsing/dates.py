"""Dates as printed on the pages: 2021-12-08, 2021年12月8日, December 8, 2021 …"""

import datetime as dt
import re
from dataclasses import dataclass

from postportal.legacy.parsing.text_cleaning import to_half_width

_MONTH_ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_CLOCK = (
    r"(?:[ T]{0,3}\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\b\.?)?(?:Z|[+-]\d\d:?\d\d)?|"
    r"\s?\d{1,2}[时点]\d{1,2}分?(?:\d{1,2}秒)?)?"
)
_NUMBERS = _YEAR + r"\s?(?P<mark>[-./\u2010-\u2015])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})"
_CHINESE = _YEAR + r"\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日?"
_MONTH_FIRST = _MONTH + r"\s?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,\s?|\s)" + _YEAR
_DAY_FIRST = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s)?" + _MONTH + r",?\s" + _YEAR

_FORMS = (_NUMBERS, _CHINESE, _MONTH_FIRST, _DAY_FIRST)
_WHOLE_DATES = [re.compile(rf"[\[(（【]?{form}{_CLOCK}[\])）】]?\.?\Z", re.IGNORECASE) for form in _FORMS]
# Only these two follow a word without a space: "Notice 12May 1, 2016" could not be split reliably.
_TRAILING_DATES = [re.compile(rf"{form}{_CLOCK}\Z", re.IGNORECASE) for form in (_NUMBERS, _CHINESE)]
_DATES_ANYWHERE = [
    *(re.compile(rf"(?<!\d){form}(?!\d(?!\d:)){_CLOCK}", re.IGNORECASE) for form in (_NUMBERS, _CHINESE)),
    *(re.compile(rf"\b{form}\b{_CLOCK}", re.IGNORECASE) for form in (_MONTH_FIRST, _DAY_FIRST)),
]
_MAX_LENGTH = 40
# Default dates of a database for records without a date.
_PLACEHOLDERS = {dt.date(1970, 1, 1), dt.date(1900, 1, 1)}


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed. `day` is None for an invalid date or a placeholder (1970-01-01)."""

    printed: str
    day: dt.date | None


def read_date(text: str) -> PrintedDate | None:
    """Read the whole text as a date. Return None if it is something else."""
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    for pattern in _WHOLE_DATES:
        if match := pattern.match(to_half_width(text)):
            return PrintedDate(text, _parse_day(match))
    return None


def split_date(text: str) -> tuple[str, PrintedDate] | None:
    """Split off a date at the end: ("List", 2016-06-24) for "List2016-06-24". Return None if there is none."""
    tail = to_half_width(text[-_MAX_LENGTH:])
    for pattern in _TRAILING_DATES:
        if match := pattern.search(tail):
            start = len(text) - len(tail) + match.start()
            return text[:start], PrintedDate(text[start:], _parse_day(match))
    return None


def find_date(text: str) -> tuple[str, PrintedDate, str] | None:
    """Return the text before the first date, the date, and the text after it. Return None if there is no date."""
    half_width = to_half_width(text)
    for pattern in _DATES_ANYWHERE:
        if match := pattern.search(half_width):
            printed = PrintedDate(text[match.start() : match.end()], _parse_day(match))
            return text[: match.start()], printed, text[match.end() :]
    return None


def _parse_day(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    month = (
        _MONTH_ABBREVIATIONS.index(parts["month_name"][:3].lower()) + 1
        if parts.get("month_name")
        else int(parts["month"])
    )
    try:
        day = dt.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    return None if day in _PLACEHOLDERS else day
