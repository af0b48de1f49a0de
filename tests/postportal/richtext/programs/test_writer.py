import pytest

from postportal.richtext.programs.styles import Format
from postportal.richtext.programs.writer import Writer, collapse
from postportal.richtext.tree import Node, to_html


@pytest.mark.parametrize(
    ("text", "collapsed"),
    [("夜间邮车\n恢复", "夜间邮车恢复"), ("night\nmail", "night mail"), ("a\u00a0 b", "a b")],
)
def test_line_breaks_of_the_source_are_spaces_but_not_in_chinese(text: str, collapsed: str) -> None:
    assert collapse(text) == collapsed


def test_second_line_break_ends_the_paragraph() -> None:
    blocks: list[Node] = []
    writer = Writer(blocks)
    for text in ("\u3000\u3000one ", "two ", ""):
        writer.text(text, Format(bold=True))
        writer.line_break()
    writer.line_break()
    writer.text("three", Format())
    writer.end()

    assert to_html(blocks) == "<p><strong>one </strong><br><strong>two</strong></p><p>three</p>"
