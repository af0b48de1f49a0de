import pytest

from postportal.richtext.sanitize import clean_html


@pytest.mark.parametrize(
    "heading",
    [
        "<p class=MsoTitle>Letters</p>",
        "<p class=MsoNormal style='mso-outline-level:1'>Letters</p>",
        "<div class=MsoX role=heading aria-level=1>Letters</div>",
        "<h1 class=MsoX>Letters</h1>",
    ],
)
def test_title_of_a_document_moves_all_levels_down(heading: str) -> None:
    assert clean_html(f"{heading}<h2>Prices</h2>") == ('<h2 id="s-letters">Letters</h2>\n<h3 id="s-prices">Prices</h3>')


def test_quotes_of_word_that_follow_each_other_are_one() -> None:
    html = "<p class=MsoQuote><i>one</i></p><p class=MsoQuote>two</p>"

    assert clean_html(html) == '<blockquote class="quote"><p><em>one</em></p><p>two</p></blockquote>'


def test_picture_of_an_emoji_is_the_emoji() -> None:
    assert clean_html("<p class=MsoNormal>hello <img src='https://x.example/1.png' alt='📮'></p>") == "<p>hello 📮</p>"


def test_pieces_with_the_same_look_are_one_element() -> None:
    html = "<p class=MsoNormal><b>a</b><span style='font-weight:bold'>b</span><b><i>c</i></b></p>"

    assert clean_html(html) == "<p><strong>ab<em>c</em></strong></p>"
