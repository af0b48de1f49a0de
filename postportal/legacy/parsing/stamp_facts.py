"""Facts of a stamp page: its fields, converted and checked."""

import datetime as dt
import re
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
# The roles of credits. Each is also the name of a field that holds names.
CREDIT_ROLES = ("designer", "editor", "engraver", "artist", "photographer")


@dataclass(frozen=True, slots=True)
class StampFacts:
    """Facts about a stamp issue. None, "" and () mean unknown."""

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
    security_features: str = ""
    paper: str = ""
    credits: tuple[tuple[str, str], ...] = ()
    # Every field as printed, in order.
    printed_fields: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()


def read_facts(fields: dict[str, list[str]], *, title: str, printed_fields: tuple[tuple[str, str], ...]) -> StampFacts:
    """Return the facts from the values of `fields`, by field name. A value that cannot be read is reported and left
    unknown."""
    findings: list[str] = []
    values = {name: [value for value in printed if not is_blank(value)] for name, printed in fields.items()}
    serial = _read_first(values, "serial", read_serial, findings=findings)
    findings.extend(_compare_serial(serial, values))
    counts = _read_first(values, "stamp_counts", read_stamp_counts, findings=findings)
    money = _read_first(values, "face_value", read_money, findings=findings)
    issued_on = _read_first(values, "issued_on", read_day, findings=findings)
    if issued_on and (doubt := _reason_for_doubt(issued_on, title=title, serial=serial, fields=fields, values=values)):
        findings.append(f"date of issue {issued_on} ignored: {doubt}")
        issued_on = None
    return StampFacts(
        serial=serial,
        stamp_count=counts.stamp_count if counts else None,
        souvenir_sheet_count=counts.souvenir_sheet_count if counts else None,
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
        security_features=_join_words(values, "security"),
        paper=_join_words(values, "paper"),
        credits=tuple(
            (role, name) for role in CREDIT_ROLES for value in values.get(role, []) for name in split_names(value)
        ),
        printed_fields=printed_fields,
        findings=tuple(findings),
    )


def _read_first(
    values: dict[str, list[str]], field_name: str, read: Callable[[str], _ValueT | None], *, findings: list[str]
) -> _ValueT | None:
    chosen: _ValueT | None = None
    name = field_name.replace("_", " ")
    for value in values.get(field_name, []):
        found = read(value)
        if found is None:
            findings.append(f"{name} “{value}” not understood")
        elif chosen is None:
            chosen = found
        elif found != chosen:
            findings.append(f"{name} given twice: “{value}” not used")
    return chosen


def _compare_serial(serial: Serial | None, values: dict[str, list[str]]) -> list[str]:
    """Return a finding if the serial number is stored in another order than it is printed."""
    printed = next((value for value in values.get("serial", []) if read_serial(value) == serial), "")
    if serial is None or _figures(str(serial)) == _figures(printed):
        return []
    return [f"serial number stored as {serial}, printed as “{printed}”"]


def _figures(text: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"\d+", text)]


def _join_words(values: dict[str, list[str]], field_name: str) -> str:
    return "; ".join(dict.fromkeys(map(tidy_text, values.get(field_name, []))))


def _join_sizes(values: dict[str, list[str]]) -> str:
    sizes = [tidy_size(value) for value in values.get("size", [])]
    sheets = [f"souvenir sheet {tidy_size(value)}" for value in values.get("sheet_size", [])]
    return "; ".join(dict.fromkeys([*sizes, *sheets]))


def _reason_for_doubt(
    day: dt.date, *, title: str, serial: Serial | None, fields: dict[str, list[str]], values: dict[str, list[str]]
) -> str:
    """Return the reason why the date may be the day of data entry and not the date of issue, or "" if there is none."""
    if serial and serial.year and serial.year != day.year:
        return f"it contradicts the serial number {serial}"
    if is_outside_named_year(title, day):
        return "it contradicts the year in the title"
    if serial is None and "serial" in fields and not values.get("serial"):
        return "the page gives no serial number, so it may be the date of data entry"
    others = [name for name, filled in values.items() if filled and name not in {"title", "issued_on"}]
    return "" if others else "no other field is filled in, so it may be the date of data entry"
