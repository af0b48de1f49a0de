"""Registers as CSV (RFC 4180): one file, or one for each table in a ZIP file."""

import csv
import io
import zipfile
from collections.abc import Iterable
from contextlib import closing
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _

from postportal.interchange.cells import read_csv_cell, write_csv_cell
from postportal.interchange.file_rows import FileTable
from postportal.interchange.limits import MAX_ROWS, MAX_UNPACKED_BYTES, FileError, require_rows
from postportal.interchange.records import Record
from postportal.interchange.registers import Register
from postportal.interchange.tables import headers_of, rows_of

# In memory before it is on the disk.
MAX_IN_MEMORY = 1024 * 1024
# Long texts are in one cell.
csv.field_size_limit(MAX_UNPACKED_BYTES)
# The date of all members, so that equal rows are equal files.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_csv(register: Register, records: Iterable[Record], file: IO[bytes]) -> None:
    """Write one table. Spreadsheets need the mark at the beginning to read UTF-8."""
    with closing(_Writers(register)) as writers:
        writers.write_all(records)
        _copy(writers.files[register.name], file)


def write_zip(register: Register, records: Iterable[Record], file: IO[bytes]) -> None:
    """Write every table as a CSV file in a ZIP file."""
    with closing(_Writers(register)) as writers, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        writers.write_all(records)
        for name, source in writers.files.items():
            title = name if name == register.name else f"{register.name}-{name}"
            info = zipfile.ZipInfo(f"{title}.csv", date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                _copy(source, member)


class _Writers:
    def __init__(self, register: Register) -> None:
        self.register = register
        self.files: dict[str, Any] = {}
        self._writers: dict[str, Any] = {}
        for name, columns in headers_of(register):
            self.files[name] = SpooledTemporaryFile(  # noqa: SIM115
                MAX_IN_MEMORY, mode="w+", encoding="utf-8", newline=""
            )
            self._writers[name] = csv.writer(self.files[name])
            self._writers[name].writerow(columns)

    def write_all(self, records: Iterable[Record]) -> None:
        for record in records:
            for name, cells in rows_of(self.register, record):
                self._writers[name].writerow([write_csv_cell(text) for text in cells])

    def close(self) -> None:
        for file in self.files.values():
            file.close()


def _copy(source: Any, target: IO[bytes]) -> None:
    source.flush()
    source.seek(0)
    # The mark is written once, and read as such.
    target.write("\ufeff".encode())
    while text := source.read(64 * 1024):
        target.write(text.encode())


def read_csv(text: str, *, name: str) -> FileTable:
    """Return the table of a file."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        rows = []
        for row in reader:
            rows.append([read_csv_cell(cell) for cell in row])
            require_rows(len(rows) - MAX_ROWS)
            _require_width(row, header, name=name, number=len(rows) + 1)
    except csv.Error as error:
        raise FileError(_("%(name)s is no CSV file: %(error)s.") % {"name": name, "error": error}) from None
    return FileTable(name, header, rows)


def _require_width(row: list[str], header: list[str], *, name: str, number: int) -> None:
    if len(row) > len(header):
        text = _("%(name)s, row %(number)s has more cells than the header. Put texts with commas in quotation marks.")
        raise FileError(text % {"name": name, "number": number})
