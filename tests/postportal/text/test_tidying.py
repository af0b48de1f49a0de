import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.text.folding import fold
from postportal.text.tidying import tidy_line, tidy_lines, unbroken

pieces = st.sampled_from(
    [*"\u200c\u200d\u200b\u00ad\ufe0f\u034f\u202e🚀🏴👩میक्\u094d보 \n\x0b\x07e\u0301", "\U000e0067\U000e007f"]
)
texts = st.one_of(st.text(st.characters(), max_size=40), st.lists(pieces, max_size=12).map("".join))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Ti\x07tle\x00", "Title"),
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2068Post\u2069 \u200eOffice\u200f", "Post Office"),
        ("Tag\x0bone", "Tag one"),
        ("new\r\nline", "new line"),
        ("  two \u00a0 \u3000 blanks\u2028 ", "two blanks"),
        ("Post\u00admark\u200bs\ufeff\u180f", "Postmarks"),
        ("Phu\u031bo\u031b\u0323ng", "Phượng"),
        ("\ud800half", "half"),
        ("\u2800\u3164", ""),
    ],
)
def test_line_has_no_invisible_characters(typed: str, stored: str) -> None:
    assert tidy_line(typed) == stored


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",
        "क्\u200dष",
        "র\u200d্য",
        "👩\u200d🚀",
        "❤️\u200d🔥",
        "1️⃣",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_joiners_stay_where_the_script_needs_them(text: str) -> None:
    assert tidy_line(text) == text


@pytest.mark.parametrize("text", ["Post\u200dmark", "Post\u200cmark", "a\u200d🚀", "🚀\u200d", "\u200dx", "a\ufe0f"])
def test_joiners_are_removed_elsewhere(text: str) -> None:
    assert tidy_line(text) == text.translate(dict.fromkeys(map(ord, "\u200c\u200d\ufe0f")))


def test_lines_are_kept() -> None:
    assert tidy_lines("One\r\ntwo\x85three\u2029\x07four\x0c  five\tsix") == "One\ntwo\nthree\nfour\n  five six"


@pytest.mark.parametrize("tidy", [tidy_line, tidy_lines])
@given(text=texts)
def test_tidying_twice_changes_nothing(tidy: Callable[[str], str], text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(texts)
def test_stored_text_is_composed_and_has_no_controls(text: str) -> None:
    stored = tidy_lines(text)

    assert unicodedata.is_normalized("NFC", stored)
    assert not [
        character for character in stored if unicodedata.category(character) in ("Cc", "Cs") and character != "\n"
    ]


@given(texts)
def test_tidied_text_is_found_by_the_words_of_the_original(text: str) -> None:
    assert fold(tidy_line(text)) == fold(tidy_lines(text))


def test_number_stays_on_a_line_with_its_unit() -> None:
    assert unbroken("1.4 MB") == "1.4\u00a0MB"
