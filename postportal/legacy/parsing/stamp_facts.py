"""The facts of a stamp page: its fields read, doubted and reported."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from postportal.legacy.parsing.credits import split_names
from postportal.legacy.parsing.serials import Serial, read_serial
from postportal.legacy.parsing.sexagenary_years import contradicts
from postportal.legacy.parsing.stamp_values import (
    is_blank,
    read_day,
    read_money,
    read_pieces,
    read_quantity,
    tidy_perforation,
    tidy_size,
    tidy_words,
)

_Value = TypeVar("_Value")
# The roles of credits; each field holds names.
ROLES = ("designer", "editor", "engraver", "artist", "photographer")


@dataclass(frozen=True, slots=True)
class StampFacts:
    """None, "" and () are unknown."""

    serial: Serial | None = None
    stamps: int | None = None
    souvenir_sheets: int | None = None
    face_value: Decimal | None = None
    currency: str = ""
    issued_on: dt.date | None = None
    size: str = ""
    perforation: str = ""
    sheet_composition: str = ""
    process: str = ""
    printer: str = ""
    print_run: int | None = None
    issuer: str = ""
    type: str = ""
    credits: tuple[tuple[str, str], ...] = ()
    # Every field as printed, in order.
    printed: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()


def read_facts(fields: dict[str, list[str]], *, title: str, printed: tuple[tuple[str, str], ...]) -> StampFacts:
    """The facts in `fields` (values by meaning). A value that cannot be read is reported and stays unknown."""
    findings: list[str] = []
    values = {meaning: [value for value in of if not is_blank(value)] for meaning, of in fields.items()}
    serial = _read(values, "serial", read_serial, findings=findings)
    pieces = _read(values, "pieces", read_pieces, findings=findings)
    money = _read(values, "face_value", read_money, findings=findings)
    issued_on = _read(values, "issued_on", read_day, findings=findings)
    if issued_on and (doubt := _doubt(issued_on, title=title, serial=serial, fields=fields, values=values)):
        findings.append(f"date of issue {issued_on} left out: {doubt}")
        issued_on = None
    return StampFacts(
        serial=serial,
        stamps=pieces.stamps if pieces else None,
        souvenir_sheets=pieces.souvenir_sheets if pieces else None,
        face_value=money.amount if money else None,
        currency=money.currency if money else "",
        issued_on=issued_on,
        size=_sizes(values),
        perforation="; ".join(map(tidy_perforation, values.get("perforation", []))),
        sheet_composition=_words(values, "sheet"),
        process=_words(values, "process"),
        printer=_words(values, "printer"),
        print_run=_read(values, "print_run", read_quantity, findings=findings),
        issuer=_words(values, "issuer"),
        type=_words(values, "type"),
        credits=tuple((role, name) for role in ROLES for value in values.get(role, []) for name in split_names(value)),
        printed=printed,
        findings=tuple(findings),
    )


def _read(
    values: dict[str, list[str]], meaning: str, read: Callable[[str], _Value | None], *, findings: list[str]
) -> _Value | None:
    for value in values.get(meaning, []):
        found = read(value)
        if found is not None:
            return found
        findings.append(f"{meaning.replace('_', ' ')} “{value[:80]}” not understood")
    return None


def _words(values: dict[str, list[str]], meaning: str) -> str:
    return "; ".join(dict.fromkeys(map(tidy_words, values.get(meaning, []))))


def _sizes(values: dict[str, list[str]]) -> str:
    sizes = [tidy_size(value) for value in values.get("size", [])]
    sheets = [f"souvenir sheet {tidy_size(value)}" for value in values.get("sheet_size", [])]
    return "; ".join(dict.fromkeys([*sizes, *sheets]))


def _doubt(
    day: dt.date, *, title: str, serial: Serial | None, fields: dict[str, list[str]], values: dict[str, list[str]]
) -> str:
    """Why the date may be the day somebody typed the page in, not the day of issue; "" where nothing speaks for it."""
    if serial and serial.year != day.year:
        return f"it contradicts the serial number {serial}"
    if contradicts(title, day):
        return "it contradicts the year in the title"
    if serial is None and "serial" in fields and not values.get("serial"):
        return "the page gives no serial number, it may be the day of typing"
    others = [meaning for meaning, of in values.items() if of and meaning not in {"title", "issued_on"}]
    return "" if others else "no other field is filled, it may be the day of typing"
