"""The stamps of an issue as listed in a text: "(4-1) Peony 0.80 yuan"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from postportal.legacy.parsing.stamp_values import read_money
from postportal.legacy.parsing.text_cleaning import collapse_whitespace, to_half_width

_STAMP = re.compile(
    r"\s*[•·●*]?\s*[(（](?P<of>\d{1,2})\s?[-－—–]\s?(?P<position>\d{1,2})[)）]\s*(?:[TJRM](?![A-Za-z]))?[\s:：.、]*(?P<rest>\S.{0,120})\Z"
)
_STAMP_START = re.compile(r"[•·●*]?\s*[(（]\d{1,2}\s?[-－—–]\s?\d{1,2}[)）]\s*\S")
_AMOUNT = re.compile(
    r"^(?P<name>.*?)[\s,，:：;；(（]+(?P<amount>(?:RMB|¥|￥)?\s?\d[\d.]*\s?(?:yuan|fen|jiao|元|分|角)?)[)）]?[.。;；]?\Z",
    re.IGNORECASE,
)

_BEGINNING = re.compile(r"(?=[(（]\d{1,2}\s?[-－—–]\s?\d{1,2}[)）])")


@dataclass(frozen=True, slots=True)
class Design:
    position: int
    name: str
    denomination: Decimal | None


def split_designs(text: str) -> list[str]:
    """Return ["(2-1) Peony", "(2-2) Lotus"] for a line that lists several stamps, [] for any other line."""
    if not _STAMP_START.match(text.strip()):
        return []
    return [part.strip(" ;；,，、。") for part in _BEGINNING.split(text) if part.strip()]


def read_designs(lines: Sequence[str]) -> tuple[Design, ...]:
    """Read the stamps that the lines list. Return () if they are not numbered within one set."""
    matches = [match for line in lines if (match := _STAMP.match(line))]
    totals = {int(match["of"]) for match in matches}
    positions = [int(match["position"]) for match in matches]
    if (
        len(totals) != 1
        or len(set(positions)) != len(positions)
        or not set(positions) <= set(range(1, max(totals) + 1))
    ):
        return ()
    designs = [_read_design(match) for match in matches]
    return tuple(designs) if all(_is_design_name(design.name) for design in designs) else ()


def _is_design_name(text: str) -> bool:
    """Return False for a long sentence about the stamp and for a price alone."""
    return 0 < len(text) <= 80 and read_money(text) is None


def _read_design(match: re.Match[str]) -> Design:
    name, denomination = collapse_whitespace(match["rest"]), None
    if amount := _AMOUNT.match(to_half_width(name)):
        money = read_money(amount["amount"])
        if money:
            name, denomination = collapse_whitespace(name[: len(amount["name"])]), money.amount
    return Design(int(match["position"]), name.strip('“”"《》 '), denomination)
