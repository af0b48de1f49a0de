import pytest

from postportal.richtext.programs.styles import read_sheets
from postportal.richtext.sanitize import clean_html
from postportal.richtext.tree import Element


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("font-weight:700", "<strong>x</strong>"),
        ("font-style:italic", "<em>x</em>"),
        ("vertical-align:super;font-size:8pt", "<sup>x</sup>"),
        ("vertical-align:sub", "<sub>x</sub>"),
        ("text-decoration:line-through", "<s>x</s>"),
        ("color:red", "x"),
    ],
)
def test_style_becomes_an_element(style: str, written: str) -> None:
    assert clean_html(f"<p class=MsoNormal>a <span style='{style}'>x</span></p>") == f"<p>a {written}</p>"


def test_bold_that_a_style_takes_back_is_not_bold() -> None:
    html = "<b style='font-weight:normal' id='docs-internal-guid-1'><p>a <span style='font-weight:700'>b</span></p></b>"

    assert clean_html(html) == "<p>a <strong>b</strong></p>"


def test_own_style_of_an_element_comes_after_that_of_its_class() -> None:
    styles = read_sheets("<!-- p.Chapter, .xl65 {font-weight:bold; Color:RED} @list l0:level1 {mso-level-x:bullet} -->")

    cell = Element("td", {"class": "xl65", "style": "color:blue"})
    assert styles.of(cell) == {"font-weight": "bold", "color": "blue"}
    assert styles.lists == {"l0:level1": {"mso-level-x": "bullet"}}
