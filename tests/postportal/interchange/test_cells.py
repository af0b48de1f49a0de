import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.interchange.cells import read_csv_cell, write_csv_cell


@pytest.mark.parametrize("text", ["+861011185", "=1+1", "-5", "@home", "\tx", "\rx", "'=x"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert write_csv_cell(text) == f"'{text}"


@given(st.text(alphabet="'=+-@\t\r\n1a"))
def test_cell_is_read_as_it_was_written(text: str) -> None:
    assert read_csv_cell(write_csv_cell(text)) == text


@given(st.text(alphabet="'=+-@1a"))
def test_only_apostrophes_before_a_formula_are_special(text: str) -> None:
    if not text.lstrip("'").startswith(("=", "+", "-", "@")):
        assert read_csv_cell(text) == text
