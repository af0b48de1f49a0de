"""CSV files that are safe to open in a spreadsheet."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# Characters that start a formula in a spreadsheet, full-width ones included.
FORMULA_PREFIXES = tuple("=+-@|\t\r\n＝＋－＠")


class _EchoWriter:
    """A file whose `write` returns the line, so that each row can be sent as soon as it is formatted."""

    def write(self, line: str) -> str:
        return line


def csv_response(rows: Iterable[tuple[Any, ...]], *, name: str, columns: Sequence[str]) -> StreamingHttpResponse:
    """Return a download named `name` that streams a header line and the rows, whose values are those of `columns`."""
    response = StreamingHttpResponse(_csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv_lines(rows: Iterable[tuple[Any, ...]], columns: Sequence[str]) -> Iterator[str]:
    writer = csv.writer(_EchoWriter(), quoting=csv.QUOTE_ALL)
    # Without a byte order mark Excel does not recognize UTF-8.
    yield "\ufeff"
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([escape_formula(value) for value in row])


def escape_formula(value: Any) -> str:
    """Return the value as text that a spreadsheet does not execute as a formula."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA_PREFIXES) else text
