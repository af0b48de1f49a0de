import pytest

from postportal.search.analysis import to_terms, tokenize, traditional_to_simplified


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The Deliveries, delivered", ["the", "deliveri", "deliv"]),
        ("U.S. mail in the U.S", ["us", "mail", "in", "the", "us"]),
        ("Café CAFE\u0301 cafe", ["cafe", "cafe", "cafe"]),
        ("the post's posts don’t", ["the", "post", "post", "dont"]),
        ("ｍａｉｌ １１１８５", ["mail", "11185"]),
        ("T2016-4 and 8.40", ["t2016-4", "and", "8.40"]),
        ("郵政快遞", ["邮政", "政快", "快递"]),
        ("EMS服务2021年", ["em", "服务", "2021", "年"]),
        ("🚂☎", ["🚂", "☎"]),
        ("() -- ...", []),
        ("x" * 100, ["x" * 64]),
    ],
)
def test_text_has_terms(text: str, terms: list[str]) -> None:
    assert to_terms(text) == terms


def test_parts_of_a_number_and_single_characters_are_indexed_too() -> None:
    assert [(token.term, token.place) for token in tokenize("2016-4 邮政 x") if token.is_extra] == [
        ("2016", 0),
        ("4", 0),
        ("邮", 1),
        ("政", 2),
    ]


def test_token_has_its_span_in_the_text() -> None:
    text = "A café, 郵政"

    assert [text[token.start : token.end] for token in tokenize(text) if not token.is_extra] == ["A", "café", "郵政"]


def test_traditional_character_with_several_simplified_forms_is_left_as_it_is() -> None:
    assert (
        traditional_to_simplified()[ord("郵")],
        ord("乾") in traditional_to_simplified(),
        len(traditional_to_simplified()) > 3000,
    ) == (ord("邮"), False, True)
