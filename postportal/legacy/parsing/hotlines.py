"""Hotlines as printed on the old site: "Postal Business: 8610 11185"."""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_HOTLINE = re.compile(
    r"[\s•·●*-]*(?P<label>[^:：\d]{2,60}?)\s*[:：]\s*(?P<number>[+(]{0,2}\d[\d ()\-\u2010-\u2015]{1,24})\Z"
)
_SHORT_CODE = r"1[12]\d{1,4}|9[56]\d{3,4}"
_SERVICE_NUMBER = r"[48]00\d{7}"
_AREA = r"10|2\d|[3-9]\d\d"
_WITH_COUNTRY = re.compile(r"(?:00)?86(?=\d{5})")
_SHORT_NUMBER = re.compile(rf"(?:{_SHORT_CODE})\Z")
_SERVICE_NUMBER_WITH_AREA = re.compile(rf"(?:{_AREA})?(?P<number>{_SERVICE_NUMBER})\Z")
_SHORT_WITH_AREA = re.compile(rf"(?P<area>{_AREA})(?P<number>{_SHORT_CODE})\Z")
_SUBSCRIBER = re.compile(rf"(?:{_AREA})\d{{7,8}}\Z")
COUNTRY_CODE = "CN"


@dataclass(frozen=True, slots=True)
class PrintedHotline:
    """A hotline as printed, with the numbers to dial.

    `domestic` is the number to dial inside the country, `abroad` the number in international form (E.164), each "" if
    the printed number does not give one that works."""

    label: str
    printed: str
    domestic: str
    abroad: str

    @property
    def is_misprinted(self) -> bool:
        """Return True if the printed number does not work as it is."""
        return bool(self.domestic) and not self.abroad and _digits(self.printed) != self.domestic

    @property
    def is_readable(self) -> bool:
        return bool(self.domestic or self.abroad)


def read_hotline(line: str) -> PrintedHotline | None:
    """Read the whole line as a hotline. Return None if it is something else."""
    match = _HOTLINE.match(to_half_width(line)) if len(line) <= 120 else None
    if match is None:
        return None
    printed = collapse_whitespace(match["number"])
    domestic, abroad = _read_numbers(printed)
    if not domestic and not abroad and not _WITH_COUNTRY.match(_digits(printed)):
        return None
    return PrintedHotline(collapse_whitespace(match["label"]), printed, domestic, abroad)


def _digits(printed: str) -> str:
    return re.sub(r"\D", "", printed)


def _read_numbers(printed: str) -> tuple[str, str]:
    """Return (number inside the country, number in international form), each "" if unknown."""
    digits = _digits(printed)
    international = _WITH_COUNTRY.match(digits)
    rest = digits[international.end() :] if international else digits
    rest = rest.removeprefix("0")
    if _SHORT_NUMBER.match(rest):
        return rest, ""
    if match := _SERVICE_NUMBER_WITH_AREA.match(rest):
        # 400 and 800 numbers have no area code, and with a country code in front they do not work reliably.
        return match["number"], ""
    if international is None and not digits.startswith("0"):
        return "", ""
    if match := _SHORT_WITH_AREA.match(rest):
        # Inside the country a short code is dialled as it is; with country and area code it works from abroad.
        return match["number"], f"+86{rest}"
    return ("", f"+86{rest}") if _SUBSCRIBER.match(rest) else ("", "")
