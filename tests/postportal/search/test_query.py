import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.search.query import MAX_LENGTH, MAX_WORD_LENGTH, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        ("   ", ()),
        ("Night mail", ("Night", "mail")),
        ("mail mail", ("mail", "mail")),
        ('"night mail"', ()),
        ("-night (mail)", ("mail",)),
        ("- night", ("night",)),
        ("'; DROP TABLE news_article; --", ("DROP", "TABLE", "news_article")),
        ("2016-4", ("2016-4",)),
        ("C++", ("C++",)),
        ("section:news year:2021 mail", ("mail",)),
        ("year:long before:13 mail:1", ("year:long", "before:13", "mail:1")),
        ("100%", ("100",)),
        ('" ( ) * % _ - AND', ("AND",)),
        ("邮政 快递", ("邮政", "快递")),
        ("ｍａｉｌ １１１８５", ("mail", "11185")),
        ("🚂 mail", ("🚂", "mail")),
        ("👨‍👩‍👧", ("👨‍👩‍👧",)),
        ("ni\0ght", ("night",)),
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


def test_very_long_word_is_cut() -> None:
    assert parse("x" * 100_000).words == ("x" * MAX_WORD_LENGTH,)


@pytest.mark.parametrize(
    ("typed", "terms", "phrases", "excluded"),
    [
        ("The deliveries of the U.S.", ("deliveri", "us"), (), ()),
        ("to be or not to be", ("to", "be", "or", "not", "to", "be"), (), ()),
        ('"night mail" train', ("train", "night", "mail"), (("night", "mail"),), ()),
        ("“night mail”", ("night", "mail"), (("night", "mail"),), ()),
        ('mail -night -"by train"', ("mail",), (), (("night",), ("by", "train"))),
        ('"" mail "', ("mail",), (), ()),
        ("郵政快遞", ("邮政", "政快", "快递"), (), ()),
        ("ＥＭＳ服务 2021", ("em", "服务", "2021"), (), ()),
        ("邮", ("邮",), (), ()),
    ],
)
def test_query_has_terms_and_phrases(
    typed: str, terms: tuple[str, ...], phrases: tuple[object, ...], excluded: tuple[object, ...]
) -> None:
    query = parse(typed)

    assert (query.terms, query.phrases, query.excluded_phrases) == (terms, phrases, excluded)


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ('Section:"Postman Story" mail', (("section", "Postman Story"),)),
        ("org:upu person:zhou-mei", (("organization", "upu"), ("person", "zhou-mei"))),
        (
            "year:2021 year:2021 before:2022-01 after:2021-12-08",
            (("year", "2021"), ("before", "2022-01"), ("after", "2021-12-08")),
        ),
        ("before:2022-13 year:20211 section: nosuch:thing", ()),
        ("xsection:news", ()),
    ],
)
def test_query_has_filters(typed: str, filters: tuple[object, ...]) -> None:
    assert parse(typed).filters == filters


def test_query_text_is_normalized_to_one_line() -> None:
    assert parse("  Night\n\tmail\0 ").text == "Night mail"


@given(st.text(st.characters(), max_size=4000))
def test_no_text_is_an_error(typed: str) -> None:
    query = parse(typed)

    assert len(query.text) <= MAX_LENGTH
    assert len(query.words) <= 64
    assert parse(query.text) == query
    assert query.text.encode().decode() == query.text
