import pytest

from postportal.richtext.raw_tags import MAX_NESTING, limit_nesting, remove_unknown_tags
from postportal.richtext.sanitize import clean_html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<text>a</text> b", "a b"),
        ("<o:p>a</o:p><my-box x='>'>b</my-box>", "ab"),
        ("<p-card>a</p-card><P>b</P>", "a<P>b</P>"),
        ("3 <in 5 and <b>more</b>", "3 &lt;in 5 and <b>more</b>"),
        ("1 < 2, </3", "1 < 2, </3"),
        ('<img alt="<path>"><p>', '<img alt="<path>"><p>'),
        ("<path", "&lt;path"),
        ("<br/><hr />", "<br/><hr />"),
    ],
)
def test_only_html_is_read_as_tags(html: str, expected: str) -> None:
    assert remove_unknown_tags(html) == expected


@pytest.mark.parametrize("name", ["text", "in", "path", "mtext", "semantics", "view", "or"])
def test_words_after_names_of_drawings_and_formulas_are_kept(name: str) -> None:
    assert clean_html(f"<p>a <{name}>b</p><p>c</p>") == "<p>a b</p>\n<p>c</p>"


def test_elements_left_open_do_not_count_as_nesting() -> None:
    html = "<div><u><input></div>" * (2 * MAX_NESTING) + "<table><tr><td>a</td></tr></table>"

    assert limit_nesting(html) == html


def test_tags_nested_too_deeply_leave_their_words() -> None:
    html = limit_nesting("<div>a" * (MAX_NESTING + 2) + "</div>" * (MAX_NESTING + 2) + "<div>b</div>")

    assert html.count("<div>") == html.count("</div>") == MAX_NESTING + 1
    assert html.count("a") == MAX_NESTING + 2
