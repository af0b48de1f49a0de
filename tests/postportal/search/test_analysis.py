import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.search.analysis import fold_word, read_piece, split_pieces, to_terms, tokenize, without_unseen
from postportal.text.tidying import tidy_line


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
        ("Post\u00admark\u00adsammel\u00adverein Bahn\u2060hof", ["postmarksammelverein", "bahnhof"]),
        ("Łukasz Đặng O‘Brien OʼBrien", ["lukasz", "dang", "obrien", "obrien"]),
        ("مُحَمَّد שָׁלוֹם", ["محمد", "שלום"]),
        ("हिन्दी ไทยที่", ["हिन्दी", "ไทยที่"]),
        ("Phu\u031bo\u031b\u0323ng", ["phuong"]),
        ("2016‑4, 2016–4", ["2016-4", "2016-4"]),
        ("郵\u200b政", ["邮政"]),
        ("the post’s, the post‘s", ["the", "post", "the", "post"]),
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


@given(st.text(st.characters(), max_size=40))
def test_pieces_have_the_tokens_of_the_text(text: str) -> None:
    terms = [term for piece in split_pieces(text) for term, _place in read_piece(piece)[0]]

    assert terms == [token.term for token in tokenize(without_unseen(text))]


@given(st.sampled_from(["Post", "POSTS", "t2016-4", "it’s", "U.S.", "邮\0", "café", "ﬁne", "2016"]))
def test_piece_has_the_terms_and_words_of_its_tokens(piece: str) -> None:
    tokens = list(tokenize(piece))
    words = [fold_word(piece[token.start : token.end]) for token in tokens]

    assert read_piece(piece) == ([(token.term, token.place) for token in tokens], [] if "邮" in piece else words)


@given(st.text(st.characters(categories=["L", "M", "N", "Cf", "P"]), max_size=40))
def test_tidied_text_has_the_terms_of_the_original(text: str) -> None:
    assert to_terms(tidy_line(text)) == to_terms(text)
