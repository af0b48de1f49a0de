"""Tables for other programs, as CSV files that a spreadsheet opens as text."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# What spreadsheets take for the beginning of a formula; the wide ones, too.
FORMULA_PREFIXES = tuple("=+-@|\t\r\n＝＋－＠")


class _EchoWriter:
    """A file that hands over what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_response(rows: Iterable[tuple[Any, ...]], *, name: str, columns: Sequence[str]) -> StreamingHttpResponse:
    """Stream the rows, values of `columns`, as a file that a spreadsheet opens as text."""
    response = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv_lines(rows: Iterable[tuple[Any, ...]], columns: Sequence[str]) -> Iterator[str]:
    writer = csv.writer(_EchoWriter(), quoting=csv.QUOTE_ALL)
    # Without the mark Excel reads Chinese as Latin.
    yield "\ufeff"
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([escape_formula(value) for value in row])


def escape_formula(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA_PREFIXES) else text
