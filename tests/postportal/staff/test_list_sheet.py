"""Lists as Excel files: texts stay texts, and nothing that is typed breaks the file."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from postportal.staff.list_sheet import MAX_CELL_LENGTH, xlsx_response


def sheet_of(*lines: tuple[Any, ...]) -> Any:
    answer = xlsx_response(lines, name="list.xlsx", header=["ID", "Title"])
    assert answer["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return sheet


@pytest.mark.parametrize("text", ["=1+1", "+86 10 11185", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "007"])
def test_text_is_no_formula_and_no_number(text: str) -> None:
    cell = sheet_of((1, text))["B2"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_header_stays_in_view_and_keys_are_numbers() -> None:
    sheet = sheet_of((1, "First"), (2, "Second"))

    assert list(sheet.iter_rows(values_only=True)) == [("ID", "Title"), (1, "First"), (2, "Second")]
    assert sheet.freeze_panes == "A2"


def test_control_characters_and_long_texts_do_not_break_the_file() -> None:
    sheet = sheet_of((1, "a\x0bb\ufffe"), (2, "x" * (MAX_CELL_LENGTH + 1)))

    assert sheet["B2"].value == "ab"
    assert len(sheet["B3"].value) == MAX_CELL_LENGTH
