import pytest

from news.imports.paragraphs import split_paragraphs


@pytest.mark.parametrize(
    ("html", "result"),
    [
        ("One <b>bold</b>.\n\nTwo.", "<p>One <b>bold</b>.</p>\n<p>Two.</p>"),
        ("One,\nsame.\r\n\r\nTwo <em>x</em>.", "<p>One,<br>same.</p>\n<p>Two <em>x</em>.</p>"),
        ("A <a href='/x'>b</a>\n \n\n\nC", "<p>A <a href='/x'>b</a></p>\n<p>C</p>"),
        (
            "<h2>Head</h2>\nOne.\n\nTwo.\n<ul>\n<li>x</li>\n</ul>\nThree.\n\nFour.",
            "<h2>Head</h2><p>One.</p>\n<p>Two.</p><ul>\n<li>x</li>\n</ul><p>Three.</p>\n<p>Four.</p>",
        ),
        ("<blockquote>One.\n\nTwo.</blockquote>", "<blockquote><p>One.</p>\n<p>Two.</p></blockquote>"),
        ("One<!--more-->\nTwo <b>x</b>\n\nThree", "<p>One</p>\n<p>Two <b>x</b></p>\n<p>Three</p>"),
        # Already paragraphs, or text in which line breaks mean something else.
        ("<p>One.</p>\n\n<p>Two.</p>", None),
        ("<p>One\n\nstill one.</p>", None),
        ("<pre>a\n\nb</pre>", None),
        ("<script>a\n\nb</script>", None),
        ("<table><tr><td>a\n\nb</td></tr></table>", None),
        ("<ul>\n\n<li>One</li>\n\n<li>Two</li></ul>", None),
        ("One <b>x</b>\nsame", None),
        ("<p>One\n\nstill one<h2>Head</h2>", None),
        ("", None),
    ],
)
def test_blank_lines_separate_paragraphs_of_loose_text(html: str, result: str | None) -> None:
    assert split_paragraphs(html) == (html if result is None else result)


@pytest.mark.parametrize("piece", ["<div>", "</p>", "<!--", "<", '<a "', "\n\n", "<p>", " \n", "<b>x\n\n"])
def test_hostile_text_takes_no_longer_than_any_other(piece: str) -> None:
    # In quadratic time, this would take hours.
    assert split_paragraphs(piece * 200_000) is not None
