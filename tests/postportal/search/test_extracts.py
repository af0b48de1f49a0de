import pytest

from postportal.search.extracts import extract


@pytest.mark.parametrize(
    ("texts", "words", "snippet"),
    [
        ([], ("mail",), ""),
        (["", ""], ("mail",), ""),
        (["The mail runs."], (), "The mail runs."),
        (["The Mail runs by mail train."], ("mail",), "The <mark>Mail</mark> runs by <mark>mail</mark> train."),
        (["Nothing here.", "But mail here."], ("mail",), "But <mark>mail</mark> here."),
        (["Nothing here.", "Nor here."], ("mail",), "Nothing here."),
        (["A <b>mail</b> & more"], ("mail",), "A &lt;b&gt;<mark>mail</mark>&lt;/b&gt; &amp; more"),
        (["<script>alert(1)</script>"], ("script",), "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        (["a &amp; b"], ("amp",), "a &amp;<mark>amp</mark>; b"),
        (["a.b*c"], (".b*",), "a<mark>.b*</mark>c"),
        (["railway"], ("rail", "railway"), "<mark>railway</mark>"),
        (["邮政快递"], ("快递",), "邮政<mark>快递</mark>"),
        (["line one\nline two"], ("two",), "line one line <mark>two</mark>"),
    ],
)
def test_extract_marks_words_in_escaped_text(texts: list[str], words: tuple[str, ...], snippet: str) -> None:
    assert extract(texts, words=words) == snippet


def test_extract_shows_what_is_around_the_first_find() -> None:
    text = "before " * 100 + "mail " + "after " * 100

    snippet = extract([text], words=("mail",))

    assert snippet == "… " + "before " * 8 + "<mark>mail</mark> " + ("after " * 26).strip() + " …"


def test_extract_cuts_a_text_without_spaces() -> None:
    assert extract(["邮" * 1000], words=("政",)) == "邮" * 220 + " …"
