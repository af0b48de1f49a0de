import re

import pytest
from django.db.models import Q, Value
from hypothesis import given
from hypothesis import strategies as st

from postportal.web.text_conditions import CAPITALS, DIGITS, after, begins_with, has_length, has_only

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "0",
    "12",
    "12a",
    "a12",
    "１２",
    "١٢",
    "1\n",
    "\n1",
    " 1",
    "1 ",
    "AB",
    "aB",
    "ÄB",
    "+1",
    "%1",
    "_1",
    "邮12",
]
# PostgreSQL stores no NUL character, and no half of a pair.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6) | st.text(
    "+019aZ\n", max_size=6
)


def is_met(condition: Q, text: str) -> bool:
    return condition.check({"text": Value(text)})


@pytest.mark.parametrize("text", HOSTILE)
def test_conditions_agree_with_regular_expressions(text: str) -> None:
    assert_agreement(text)


@given(text=texts)
def test_conditions_agree_with_regular_expressions_on_any_text(text: str) -> None:
    assert_agreement(text)


def assert_agreement(text: str) -> None:
    expected = {
        r"[0-9]*": has_only(DIGITS, "text"),
        r"[A-Z]*": has_only(CAPITALS, "text"),
        r"(?s:.{2,3})": has_length(2, 3, "text"),
        r"(?s:\+.*)": begins_with("+", "text"),
        r"(?s:.)?[0-9]*": has_only(DIGITS, after("+", "text")),
    }
    assert {pattern: is_met(condition, text) for pattern, condition in expected.items()} == {
        pattern: bool(re.fullmatch(pattern, text, re.ASCII)) for pattern in expected
    }


def test_beginning_is_compared_with_its_case() -> None:
    assert [is_met(begins_with("Ab", "text"), text) for text in ("Abc", "abc", "A")] == [True, False, False]
