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
        ("<tr><th>A</th><th>B</th></tr><tr><th>C</th><th>D</th></tr><tr><td>x</td></tr>", ["A", "B", "C", "D"], ["x"]),
        (
            '<tr><th rowspan="2">A</th><th>B</th></tr><tr><td>C</td></tr><tr><td>x</td><td>y</td></tr>',
            ["A", "B", "C"],
            ["x", "y"],
        ),
        ('<tr><th rowspan="2">A</th><th>B</th></tr><tr><td>x</td></tr>', [], ["A", "B", "x"]),
        ('<tr><th rowspan="0">A</th><th>B</th></tr><tr><td>x</td></tr>', [], ["A", "B", "x"]),
        (
            '<tr><th colspan="2">A</th></tr><tr><th>B</th><th>C</th></tr><tr><td>x</td></tr>',
            ["A", "B", "C"],
            ["x"],
        ),
        (
            '<tr><th>A</th><th>B</th></tr><tr><th colspan="2">Europe</th></tr><tr><td>x</td></tr>',
            ["A", "B"],
            ["Europe", "x"],
        ),
        ("<thead><tr><td>To</td></tr></thead><tr><td>x</td></tr>", ["To"], ["x"]),
    ],
)
def test_heading_rows_are_recognized(rows: str, head: list[str], body: list[str]) -> None:
    [region] = parse_html(clean_html(f"<table>{rows}</table>"))
    assert isinstance(region, Element)

    cells = {part.tag: [cell.text() for cell in part.find("th", "td")] for part in region.find("thead", "tbody")}

    assert (cells.get("thead", []), cells["tbody"]) == (head, body)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            "<tfoot><tr><td>Sum</td></tr></tfoot><tbody><tr><td>1</td></tr></tbody>",
            "<tbody><tr><td>1</td></tr></tbody><tfoot><tr><td>Sum</td></tr></tfoot>",
        ),
        (
            '<tr><td>1</td></tr><tr data-part="foot"><td>Sum</td></tr>',
            "<tbody><tr><td>1</td></tr></tbody><tfoot><tr><td>Sum</td></tr></tfoot>",
        ),
        (
            "<tr><td>a<table><tr><td>b</td></tr></table></td></tr>",
            "<tbody><tr><td>a<table><tbody><tr><td>b</td></tr></tbody></table></td></tr></tbody>",
        ),
        (
            '<tr><td rowspan="9" colspan="2abc">a</td><td>b</td></tr><tr><td>c</td></tr>',
            '<tbody><tr><td colspan="2" rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody>',
        ),
        (
            '<tbody><tr><td rowspan="2">a</td><td>b</td></tr></tbody><tbody><tr><td>c</td><td>d</td></tr></tbody>',
            "<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody>",
        ),
        (
            "<caption>a</caption><caption>b</caption><tr><td>1</td></tr>",
            "<caption>a<br>b</caption><tbody><tr><td>1</td></tr></tbody>",
        ),
    ],
)
def test_rows_and_cells_keep_their_place(dirty: str, clean: str) -> None:
    assert clean_html(f"<table>{dirty}</table>").split("<table>", 1)[1] == f"{clean}</table></div>"
