"""Markers at the beginning of list items: •, 1., (1), (a), ① …"""

import re
from dataclasses import dataclass

from postportal.legacy.parsing.navigation import BULLET

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_HYPHEN = re.compile(r"\s*(?P<marker>[-–*])\s+(?=\S)")
_NUMBERED = [
    ("1.", re.compile(r"\s*(?P<number>\d{1,3})(?:[.．](?=\s|[^\W\d]|[\"'“‘(（《])|、)\s*(?=\S)")),
    ("(1)", re.compile(r"\s*[(（](?P<number>\d{1,3})[)）]\s*[.、]?\s*(?=\S)")),
    ("1)", re.compile(r"\s*(?P<number>\d{1,3})[)）]\s*(?=\S)")),
    ("①", re.compile(rf"\s*(?P<number>[{_CIRCLED}])\s*(?=\S)")),
    ("(a)", re.compile(r"\s*[(（](?P<number>[a-z])[)）]\s*(?=\S)")),
    ("(i)", re.compile(r"\s*[(（](?P<number>[ivx]{1,5})[)）]\s*(?=\S)")),
    ("(A)", re.compile(r"\s*[(（](?P<number>[A-Z])[)）]\s*(?=\S)")),
    ("a.", re.compile(r"\s*(?P<number>[a-z])[.)]\s+(?=\S)")),
    ("i.", re.compile(r"\s*(?P<number>[ivx]{1,5})[.)]\s+(?=\S)")),
    ("A.", re.compile(r"\s*(?P<number>[A-Z])[.)]\s+(?=\S)")),
]


@dataclass(frozen=True, slots=True)
class ListMarker:
    """A list marker. `style` ("1.", "(a)", "•") tells nested lists apart; `number` is 0 for bullets."""

    style: str
    number: int
    length: int

    @property
    def is_bullet(self) -> bool:
        return self.number == 0


def read_list_markers(line: str) -> list[ListMarker]:
    """Return all possible markers at the beginning of the line: (i) follows (h), or it begins (i), (ii), (iii)."""
    if match := BULLET.match(line):
        return [ListMarker(line[: match.end()].strip(), 0, match.end())]
    if match := _HYPHEN.match(line):
        return [ListMarker(match["marker"], 0, match.end())]
    markers = []
    for style, pattern in _NUMBERED:
        if (match := pattern.match(line)) and (number := _parse_number(match["number"], style=style)):
            markers.append(ListMarker(style, number, match.end()))
    return markers


def _parse_number(printed: str, *, style: str) -> int:
    """Return the number, or 0 if the text is not a number in this style."""
    if printed.isascii() and printed.isdigit():
        return int(printed)
    if style == "①":
        return _CIRCLED.index(printed) + 1
    if style.strip("().") == "i":
        return _ROMAN.index(printed) + 1 if printed in _ROMAN else 0
    return ord(printed.lower()) - ord("a") + 1
