import pytest

from postportal.search.snippets import SnippetBuilder


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
        (
            ["Mail", "Night mails by night"],
            ("mail", "night"),
            "<mark>Night</mark> <mark>mails</mark> by <mark>night</mark>",
        ),
        (["Ｍａｉｌ, café"], ("mail", "cafe"), "<mark>Ｍａｉｌ</mark>, <mark>café</mark>"),
        (["railway"], ("rail",), "railway"),
        (["邮政快递"], ("政快", "快递"), "邮<mark>政快递</mark>"),
        (["郵政"], ("邮政",), "<mark>郵政</mark>"),
        (
            ["Der Post\u00admark\u00adsammel\u00adverein"],
            ("postmarksammelverein",),
            "Der <mark>Post\u00admark\u00adsammel\u00adverein</mark>",
        ),
        (["O\u2018Brien, Łódź"], ("obrien", "lodz"), "<mark>O\u2018Brien</mark>, <mark>Łódź</mark>"),
        (["邮\u200b政快递"], ("邮政",), "<mark>邮\u200b政</mark>快递"),
        (["line one\nline two"], ("two",), "line one line <mark>two</mark>"),
    ],
)
def test_words_are_highlighted_in_escaped_text(texts: list[str], words: tuple[str, ...], snippet: str) -> None:
    assert SnippetBuilder(words).build(texts) == snippet


def test_snippet_surrounds_the_first_match() -> None:
    text = "before " * 100 + "mail " + "after " * 100

    snippet = SnippetBuilder(("mail",)).build([text])

    assert snippet == "… " + "before " * 8 + "<mark>mail</mark> " + ("after " * 19).strip() + " …"


def test_text_without_spaces_is_cut_anywhere() -> None:
    assert SnippetBuilder(("政",)).build(["邮" * 1000]) == "邮" * 180 + " …"
