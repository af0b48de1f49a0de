import pytest

from postportal.richtext.sanitize import clean_html


def item(marker: str, text: str, *, level: int = 1) -> str:
    mark = f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span>"
    return f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>{mark}{text}<o:p></o:p></p>"


@pytest.mark.parametrize(
    ("marker", "start"),
    [("·", "<ul>"), ("1.", "<ol>"), ("3)", '<ol start="3">'), ("iv.", '<ol type="i">'), ("（2）", '<ol start="2">')],
)
def test_paragraph_with_a_marker_is_an_item(marker: str, start: str) -> None:
    assert clean_html(item(marker, "one")) == f"{start}<li>one</li></{start[1:3]}>"


def test_levels_are_lists_in_lists_and_a_paragraph_ends_them() -> None:
    html = item("1.", "a") + item("·", "b", level=2) + item("2.", "c") + "<p class=MsoNormal>d</p>" + item("1.", "e")

    assert clean_html(html) == ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>\n<p>d</p>\n<ol><li>e</li></ol>")


def test_numbered_heading_stays_a_heading() -> None:
    html = "<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1. </span>Letters</h2>"

    assert clean_html(html) == '<h2 id="s-1-letters">1. Letters</h2>'
