import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.search.query import MAX_LENGTH, MAX_WORD_LENGTH, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("   ", ()),
        ("Night mail", ("night", "mail")),
        ("mail MAIL Mail", ("mail",)),
        ('"night mail"', ("night", "mail")),
        ("-night (mail)", ("night", "mail")),
        ("'; DROP TABLE news_article; --", ("drop", "table", "news_article")),
        ("2016-4", ("2016-4",)),
        ("C++", ("c++",)),
        ("100%", ("100",)),
        ('" ( ) * % _ - AND', ("and",)),
        ("邮政 快递", ("邮政", "快递")),
        ("ｍａｉｌ １１１８５", ("mail", "11185")),
        ("🚂 mail", ("🚂", "mail")),
        ("👨‍👩‍👧", ("👨‍👩‍👧",)),
        ("ni\0ght", ("ni", "ght")),
        ("mail\u202egnirts\u202c", ("mailgnirts",)),
        ("co\u00adoperation", ("cooperation",)),
        ("night\ud800 \udfffmail", ("night", "mail")),
        ("night\u3000mail\u2028train", ("night", "mail", "train")),
    ],
)
def test_query_has_words(typed: str, words: tuple[str, ...]) -> None:
    assert parse(typed).words == words


def test_query_has_at_most_64_words() -> None:
    assert parse(" ".join(f"w{n}" for n in range(10_000))).words == tuple(f"w{n}" for n in range(64))


def test_query_cuts_a_word_without_end() -> None:
    assert parse("x" * 100_000).words == ("x" * MAX_WORD_LENGTH,)


def test_query_text_is_one_line_to_show_again() -> None:
    assert parse("  Night\n\tmail\0 ").text == "Night mail"


@given(st.text(st.characters(), max_size=4000))
def test_query_never_fails(typed: str) -> None:
    query = parse(typed)

    assert len(query.text) <= MAX_LENGTH
    assert len(query.words) <= 64
    assert parse(query.text) == query
    assert query.text.encode().decode() == query.text
