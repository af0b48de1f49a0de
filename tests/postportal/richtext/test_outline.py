from postportal.richtext.outline import Heading, list_headings
from postportal.richtext.sanitize import clean_html


def test_outline_lists_headings_with_their_anchors() -> None:
    html = clean_html("<h2>First part</h2><p>a</p><h3>Inner</h3><h2>First part</h2>")

    assert list_headings(html) == [
        Heading(2, "s-first-part", "First part"),
        Heading(3, "s-inner", "Inner"),
        Heading(2, "s-first-part-2", "First part"),
    ]


def test_text_without_headings_has_no_outline() -> None:
    assert list_headings("<p>a</p>") == []
