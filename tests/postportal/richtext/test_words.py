"""What goes into a text comes out of it, wherever the cleaner finds it."""

from hypothesis import given

from postportal.richtext.sanitize import clean_html
from tests.postportal.richtext.markup import MARKUP, TABLES, columns_of, words_of


@given(MARKUP)
def test_no_word_is_lost_or_joined(dirty: str) -> None:
    assert words_of(clean_html(dirty)) == words_of(dirty)


@given(MARKUP)
def test_cleaning_again_changes_nothing(dirty: str) -> None:
    clean = str(clean_html(dirty))

    assert clean_html(clean) == clean


@given(TABLES)
def test_every_cell_stays_in_its_column(dirty: str) -> None:
    assert columns_of(clean_html(dirty)) == columns_of(dirty)
