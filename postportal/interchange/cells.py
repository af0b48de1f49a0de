"""Cells of tables that spreadsheets take for text, and that are read as what was written."""

import datetime as dt
import re
from typing import Any

# A spreadsheet takes what begins with one of these for a formula (OWASP, “CSV injection”). Telephone numbers do.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
# Parts of a number format that are written as they are, and its conditions and languages.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_QUOTED = re.compile(r"'+[=+\-@\t\r\n]")


def write_csv_cell(text: str) -> str:
    """Return the text with an apostrophe in front if a spreadsheet would calculate it."""
    return f"'{text}" if _FORMULA.match(text) else text


def read_csv_cell(text: str) -> str:
    """Return the text without the apostrophe of `write_csv_cell`."""
    return text[1:] if _QUOTED.match(text) else text


def read_sheet_cell(value: Any, *, number_format: str = "") -> str:
    """Return the value of a cell as the text that was typed: spreadsheets make numbers and dates of some."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        is_day = value.time() == dt.time.min
        return value.date().isoformat()[: _shown_length(number_format)] if is_day else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _shown_length(number_format: str) -> int:
    """Return how much of an ISO date the format shows: a spreadsheet takes “2001-05” for the first day of May."""
    shown = _LITERAL.sub("", number_format).lower()
    if "y" not in shown or "d" in shown:
        return len("2001-05-31")
    return len("2001-05") if "m" in shown else len("2001")
