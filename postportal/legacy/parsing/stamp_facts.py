"""The facts of a stamp page: its fields read, doubted and reported."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from postportal.legacy.parsing.credits import split_names
from postportal.legacy.parsing.serials import Serial, read_serial
from postportal.legacy.parsing.sexagenary_years import is_outside_named_year
from postportal.legacy.parsing.stamp_values import (
    is_blank,
    read_day,
    read_money,
    read_quantity,
    read_stamp_counts,
    tidy_perforation,
    tidy_size,
    tidy_text,
)

_ValueT = TypeVar("_ValueT")
# The roles of credits; each field holds names.
CREDIT_ROLES = ("designer", "editor", "engraver", "artist", "photographer")


@dataclass(frozen=True, slots=True)
class StampFacts:
    """None, "" and () are unknown."""

    serial: Serial | None = None
    stamp_count: int | None = None
    souvenir_sheet_count: int | None = None
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
    printed_fields: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()


def read_facts(fields: dict[str, list[str]], *, title: str, printed_fields: tuple[tuple[str, str], ...]) -> StampFacts:
    """The facts in `fields` (values by meaning). A value that cannot be read is reported and stays unknown."""
    findings: list[str] = []
    values = {meaning: [value for value in of if not is_blank(value)] for meaning, of in fields.items()}
    serial = _read_first(values, "serial", read_serial, findings=findings)
    pieces = _read_first(values, "pieces", read_stamp_counts, findings=findings)
    money = _read_first(values, "face_value", read_money, findings=findings)
    issued_on = _read_first(values, "issued_on", read_day, findings=findings)
    if issued_on and (doubt := _reason_for_doubt(issued_on, title=title, serial=serial, fields=fields, values=values)):
        findings.append(f"date of issue {issued_on} left out: {doubt}")
        issued_on = None
    return StampFacts(
        serial=serial,
        stamp_count=pieces.stamp_count if pieces else None,
        souvenir_sheet_count=pieces.souvenir_sheet_count if pieces else None,
        face_value=money.amount if money else None,
        currency=money.currency if money else "",
        issued_on=issued_on,
        size=_join_sizes(values),
        perforation="; ".join(map(tidy_perforation, values.get("perforation", []))),
        sheet_composition=_join_words(values, "sheet"),
        process=_join_words(values, "process"),
        printer=_join_words(values, "printer"),
        print_run=_read_first(values, "print_run", read_quantity, findings=findings),
        issuer=_join_words(values, "issuer"),
        type=_join_words(values, "type"),
        credits=tuple(
            (role, name) for role in CREDIT_ROLES for value in values.get(role, []) for name in split_names(value)
        ),
        printed_fields=printed_fields,
        findings=tuple(findings),
    )


def _read_first(
    values: dict[str, list[str]], field_name: str, read: Callable[[str], _ValueT | None], *, findings: list[str]
) -> _ValueT | None:
    for value in values.get(field_name, []):
        found = read(value)
        if found is not None:
            return found
        findings.append(f"{field_name.replace('_', ' ')} “{value[:80]}” not understood")
    return None


def _join_words(values: dict[str, list[str]], field_name: str) -> str:
    return "; ".join(dict.fromkeys(map(tidy_text, values.get(field_name, []))))


def _join_sizes(values: dict[str, list[str]]) -> str:
    sizes = [tidy_size(value) for value in values.get("size", [])]
    sheets = [f"souvenir sheet {tidy_size(value)}" for value in values.get("sheet_size", [])]
    return "; ".join(dict.fromkeys([*sizes, *sheets]))


def _reason_for_doubt(
    day: dt.date, *, title: str, serial: Serial | None, fields: dict[str, list[str]], values: dict[str, list[str]]
) -> str:
    """Why the date may be the day somebody typed the page in, not the day of issue; "" where nothing speaks for it."""
    if serial and serial.year != day.year:
        return f"it contradicts the serial number {serial}"
    if is_outside_named_year(title, day):
        return "it contradicts the year in the title"
    if serial is None and "serial" in fields and not values.get("serial"):
        return "the page gives no serial number, it may be the day of typing"
    others = [meaning for meaning, of in values.items() if of and meaning not in {"title", "issued_on"}]
    return "" if others else "no other field is filled, it may be the day of typing"
