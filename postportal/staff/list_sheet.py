"""Lists as Excel files (ISO 29500)."""

import io
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

# Excel refuses longer cells, and files with control characters.
MAX_CELL_LENGTH = 32_000
_control_characters = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(lines: Iterable[tuple[Any, ...]], *, name: str, header: list[str]) -> HttpResponse:
    """Return the file `name` as an attachment: the header, then a row for each line of cells."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for line in chain([header], lines):
        sheet.append([_text_cell(sheet, value) for value in line])
    file = io.BytesIO()
    workbook.save(file)
    response = HttpResponse(file.getvalue(), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _text_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=_control_characters.sub("", str(value))[:MAX_CELL_LENGTH])
    # Whatever it begins with: a text is no formula, and +86 10 11185 stays a telephone number.
    cell.data_type = "s"
    return cell
