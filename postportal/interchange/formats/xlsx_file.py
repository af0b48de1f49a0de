"""Registers as XLSX (ISO 29500): one sheet for each table. Cells are texts, so that nothing is calculated, and codes
keep their zeros."""

from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException

from postportal.interchange.cells import read_sheet_cell
from postportal.interchange.file_rows import FileTable
from postportal.interchange.limits import MAX_ROWS, MAX_SHEET_CELL, FileError, require_rows
from postportal.interchange.records import Record
from postportal.interchange.registers import Register
from postportal.interchange.tables import headers_of, rows_of

_UNREADABLE = (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError, IndexError)


def write_xlsx(register: Register, records: Iterable[Record], file: IO[bytes]) -> None:
    """Write the sheets row by row. Raises FileError if a text is too long for a cell."""
    book = Workbook(write_only=True)
    sheets = {}
    for name, columns in headers_of(register):
        sheets[name] = book.create_sheet(name[:31])
        sheets[name].freeze_panes = "B2"
        sheets[name].append([_text_cell(sheets[name], column) for column in columns])
    for record in records:
        for name, cells in rows_of(register, record):
            sheets[name].append([_text_cell(sheets[name], text) for text in cells])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:
    if not text:
        return None
    if len(text) > MAX_SHEET_CELL:
        raise FileError(_("A text is too long for a spreadsheet. Choose CSV or JSON."))
    try:
        cell = WriteOnlyCell(sheet, value=text)
    except IllegalCharacterError:
        raise FileError(_("A text has characters that a spreadsheet cannot hold. Choose CSV or JSON.")) from None
    # Not a formula, a number or a date, also after somebody has typed into it.
    cell.data_type, cell.number_format = "s", "@"
    return cell


def read_xlsx(file: IO[bytes]) -> list[FileTable]:
    """Return the tables of a file, which is known to be of a bearable size. Formulas are refused: what they show was
    calculated by somebody's spreadsheet."""
    try:
        book = load_workbook(file, read_only=True, data_only=False)
        return [_table(sheet) for sheet in book.worksheets]
    except FileError:
        raise
    except _UNREADABLE as error:
        raise FileError(_("The spreadsheet cannot be read: %(error)s.") % {"error": error}) from None


def _table(sheet: Any) -> FileTable:
    rows: list[list[str]] = []
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        rows.append([_read(cell, sheet.title) for cell in row])
        require_rows(len(rows) - 1)
    header = [cell.strip() for cell in (rows[0] if rows else [])]
    while header and not header[-1]:
        header.pop()
    for number, cells in enumerate(rows[1:], start=2):
        if any(cells[len(header) :]):
            text = _("%(name)s, row %(number)s has cells without a header.")
            raise FileError(text % {"name": sheet.title, "number": number})
    return FileTable(sheet.title, header, [cells[: len(header)] for cells in rows[1 : MAX_ROWS + 2]])


def _read(cell: Any, sheet: str) -> str:
    if cell.data_type == "f":
        text = _("%(sheet)s, cell %(cell)s has a formula. Replace it by its value.")
        raise FileError(text % {"sheet": sheet, "cell": cell.coordinate})
    if cell.data_type == "e":
        text = _("%(sheet)s, cell %(cell)s has the error %(error)s.")
        raise FileError(text % {"sheet": sheet, "cell": cell.coordinate, "error": cell.value})
    return read_sheet_cell(cell.value, number_format=cell.number_format if cell.is_date else "")
