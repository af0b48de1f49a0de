"""Words and columns of generated and real texts, before and after cleaning."""

from pathlib import Path

import pytest
from hypothesis import given

from postportal.richtext.sanitize import clean_html
from tests.postportal.richtext.markup import MARKUP, TABLES, columns_of, words_of

# As copied from WordPress, Google Docs and a page laid out with tables.
SAMPLES = Path(__file__).parent / "samples"


@given(MARKUP)
def test_no_word_is_lost_or_joined(dirty: str) -> None:
    assert words_of(clean_html(dirty)) == words_of(dirty)


@given(MARKUP)
def test_cleaning_again_changes_nothing(dirty: str) -> None:
    clean = str(clean_html(dirty))

    assert clean_html(clean) == clean


@given(MARKUP)
def test_no_word_of_another_program_is_lost(dirty: str) -> None:
    # Links within a document can become footnotes, which are numbered anew.
    pasted = f"<p class=MsoNormal>pasted</p>{dirty}".replace('"#x"', '"/x"')
    clean = clean_html(pasted)

    assert words_of(clean) == words_of(pasted)
    assert clean_html(str(clean)) == clean


@given(TABLES)
def test_every_cell_stays_in_its_column(dirty: str) -> None:
    assert columns_of(clean_html(dirty)) == columns_of(dirty)


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.txt")), ids=lambda file: file.stem)
def test_pages_of_other_programs_keep_their_words(file: Path) -> None:
    dirty = file.read_text(encoding="utf-8")
    clean = clean_html(dirty)

    assert words_of(clean) == words_of(dirty)
    assert clean_html(str(clean)) == clean
    assert not clean.left_out


def test_many_open_elements_cost_no_structure() -> None:
    clean = clean_html("<input><path/>" * 80 + "<table><tr><td>a</td><td>b</td></tr></table>")

    assert "<td>a</td><td>b</td>" in clean
