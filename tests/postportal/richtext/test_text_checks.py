"""Checks of texts: pictures, headings, tables, lengths, sentences."""

from collections.abc import Callable
from typing import Any

import pytest

from news.models import Article
from postportal.publishing.checks import Fault
from postportal.richtext import text_checks


def find(check: Callable[..., Any], **fields: Any) -> list[Fault]:
    return list(check(Article(**fields), None))


def test_picture_without_alternative_text_is_found_in_the_text() -> None:
    body = (
        '<figure><img src="/media/van-1.webp" alt=""></figure><figure><img src="/media/b.webp" alt="A boat"></figure>'
    )

    found = find(text_checks.picture_faults, body=body)

    assert found == [Fault("A picture in the text has no alternative text", "van-1.webp", "body", "van-1.webp")]


@pytest.mark.parametrize(
    ("body", "titles"),
    [
        ("<h2>One</h2><h3>Two</h3><h2>Three</h2>", []),
        ("<h2>One</h2><h4>Two</h4>", ["A heading skips a level"]),
        ("<h3>One</h3>", ["A heading skips a level"]),
        ("<h2></h2><p>Text</p>", ["A heading is empty"]),
    ],
)
def test_headings_are_written_and_follow_each_other(body: str, titles: list[str]) -> None:
    assert [fault.title for fault in find(text_checks.heading_faults, body=body)] == titles


def test_table_without_a_header_is_found_by_its_first_words() -> None:
    body = "<table><tbody><tr><td>Lanshan</td><td>1.20</td></tr></tbody></table>"

    assert find(text_checks.table_faults, body=body) == [
        Fault("A table has no header row", "“Lanshan”", "body", "Lanshan")
    ]
    assert find(text_checks.table_faults, body=body.replace("td>", "th>")) == []


def test_title_longer_than_lists_show_is_found() -> None:
    assert find(text_checks.length_faults, title="T" * text_checks.MAX_TITLE) == []

    found = find(text_checks.length_faults, title="T" * (text_checks.MAX_TITLE + 1))

    assert [(fault.title, fault.field) for fault in found] == [("Title is long", "title")]


def test_very_long_sentence_is_found_in_english_only() -> None:
    body = f"<p>Short. {'word ' * (text_checks.MAX_SENTENCE_WORDS + 1)}end.</p>"

    titles = [fault.title for fault in find(text_checks.sentence_faults, body=body)]

    assert titles == ["A sentence is very long"]
    assert find(text_checks.sentence_faults, body=body, language="zh-hans") == []


def test_reading_grade_grows_with_sentences_and_words() -> None:
    plain = [["The", "van", "goes", "to", "the", "lake"]] * 20
    heavy = [["Notwithstanding", "organizational", "considerations", "regarding", "international"] * 4] * 6

    assert text_checks.reading_grade(plain) < 4
    assert text_checks.reading_grade(heavy) > text_checks.MAX_GRADE
    assert text_checks.reading_grade(plain[:2]) == 0
