import pytest

from postportal.richtext.bullets import convert_bullets_to_lists
from postportal.richtext.sanitize import clean_html
from postportal.richtext.tree import parse_html, to_html


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>· one</p><p>·&nbsp;&nbsp; <b>two</b></p>", "<ul><li>one</li><li><strong>two</strong></li></ul>"),
        ("<p><b>·</b> one</p>", "<ul><li>one</li></ul>"),
        ("<p>• one<br>• two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>- one</p><p>- two</p>", "<ul><li>one</li><li>two</li></ul>"),
        ("<p>- 5 degrees</p><p>- 3 degrees</p>", "<p>- 5 degrees</p>\n<p>- 3 degrees</p>"),
        ("<p>- ¥5</p><p>- <b>6</b></p><p>- a</p>", "<p>- ¥5</p>\n<p>- <strong>6</strong></p>\n<p>- a</p>"),
        ("<p>- .5</p><p>- ½</p>", "<p>- .5</p>\n<p>- ½</p>"),
        ("<p>- 五度</p><p>- 三度</p>", "<p>- 五度</p>\n<p>- 三度</p>"),
        ("<p>* Not on Sunday.</p><p>* By post.</p>", "<p>* Not on Sunday.</p>\n<p>* By post.</p>"),
        ("<p>·5 per cent</p>", "<p>·5 per cent</p>"),
        ("<p>- said he</p>", "<p>- said he</p>"),
        ("<p>比沙尔·侯赛因</p>", "<p>比沙尔·侯赛因</p>"),
        ("<ul><li>· typed</li></ul>", "<ul><li>typed</li></ul>"),
        ("<p>a</p><p>● b</p><p>c</p>", "<p>a</p>\n<ul><li>b</li></ul>\n<p>c</p>"),
    ],
)
def test_clean_html_turns_bullets_into_lists(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><em><strong>• </strong>one</em></p>", "<ul><li><em>one</em></li></ul>"),
        ('<p lang="zh">• 一</p>', '<ul><li lang="zh">一</li></ul>'),
        ("<p>• one<br>two</p>", "<ul><li>one<br>two</li></ul>"),
        ("<p>* one</p><p>x</p><p>* two</p>", "<p>* one</p><p>x</p><p>* two</p>"),
        ("<h2>• one</h2>", "<h2>• one</h2>"),
    ],
)
def test_only_the_bullets_are_removed(html: str, expected: str) -> None:
    assert to_html(convert_bullets_to_lists(parse_html(html))) == expected
