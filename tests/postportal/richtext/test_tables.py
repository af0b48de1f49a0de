import pytest

from postportal.richtext.sanitize import clean_html
from postportal.richtext.tree import Element, parse_html


def test_clean_html_completes_tables() -> None:
    dirty = "<h2>Prices</h2><table><tr><th><p>To</p></th><th>Price</th></tr><tr><th>Abroad</th><td>6</td></tr></table>"

    assert clean_html(dirty) == (
        '<h2 id="s-prices">Prices</h2>\n'
        '<div class="tw" role="region" tabindex="0" aria-label="Prices"><table>'
        '<thead><tr><th scope="col">To</th><th scope="col">Price</th></tr></thead>'
        '<tbody><tr><th scope="row">Abroad</th><td>6</td></tr></tbody></table></div>'
    )


def test_clean_html_gives_table_regions_different_labels() -> None:
    table = "<table><caption>Prices</caption><tr><td>1</td></tr></table>"

    regions = [
        part.split('"')[0] for part in clean_html(table * 2 + "<table><td>价格</table>").split('aria-label="')[1:]
    ]

    assert regions == ["Prices", "Prices (2)", "表格"]


@pytest.mark.parametrize(
    ("rows", "head", "body"),
    [
        ("<tr><th>To</th><th>Price</th></tr><tr><td>x</td><td>6</td></tr>", ["To", "Price"], ["x", "6"]),
        ("<tr><th>To</th></tr><tr><td>x</td></tr>", [], ["To", "x"]),
        ("<tr><th>To</th><td>6</td></tr>", [], ["To", "6"]),
        ("<thead><tr><td>To</td></tr></thead><tr><td>x</td></tr>", ["To"], ["x"]),
    ],
)
def test_heading_rows_are_recognized(rows: str, head: list[str], body: list[str]) -> None:
    [region] = parse_html(clean_html(f"<table>{rows}</table>"))
    assert isinstance(region, Element)

    cells = {part.tag: [cell.text() for cell in part.find("th", "td")] for part in region.find("thead", "tbody")}

    assert (cells.get("thead", []), cells["tbody"]) == (head, body)
