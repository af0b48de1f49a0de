"""Comparison of two texts word by word."""

from hypothesis import given
from hypothesis import strategies as st

from postportal.publishing.diff.word_diff import compare_words


def test_one_changed_word_is_found() -> None:
    spans = compare_words("The night mail is late.", "The night train is late.")

    assert [(span.text, span.is_old, span.is_new) for span in spans] == [
        ("The night ", True, True),
        ("mail", True, False),
        ("train", False, True),
        (" is late.", True, True),
    ]


@given(st.text("ab .\n邮", max_size=40), st.text("ab .\n邮", max_size=40))
def test_spans_add_up_to_both_texts(old: str, new: str) -> None:
    spans = compare_words(old, new)

    assert "".join(span.text for span in spans if span.is_old) == old
    assert "".join(span.text for span in spans if span.is_new) == new
