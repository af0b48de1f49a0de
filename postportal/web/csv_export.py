"""Tables for other programs, as CSV files that a spreadsheet opens as text."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

# What spreadsheets take for the beginning of a formula; the wide ones, too.
FORMULA = tuple("=+-@|\t\r\n＝＋－＠")


class _Echo:
    """A file that hands over what is written to it."""

    def write(self, line: str) -> str:
        return line


def as_csv(rows: Iterable[tuple[Any, ...]], *, name: str, columns: Sequence[str]) -> StreamingHttpResponse:
    """Stream the rows, values of `columns`, as a file that a spreadsheet opens as text."""
    response = StreamingHttpResponse(_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(rows: Iterable[tuple[Any, ...]], columns: Sequence[str]) -> Iterator[str]:
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    # Without the mark Excel reads Chinese as Latin.
    yield "\ufeff"
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow([inert(value) for value in row])


def inert(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
