from postportal.richtext.sanitize import clean_html

_BOLD = "<td><p class=MsoNormal><b>{}</b></p></td>"
_CELL = "<td><p class=MsoNormal>{}</p></td>"


def table(*rows: list[str]) -> str:
    lines = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return clean_html(f"<table class=MsoTableGrid>{lines}</table>")


def test_bold_first_row_is_the_header_unless_all_is_bold() -> None:
    head, body = [_BOLD.format("City"), _BOLD.format("Price")], [_CELL.format("Lan"), _CELL.format("6")]

    assert "<thead><tr><th" in table(head, body)
    assert "<thead>" not in table(head, [_BOLD.format("Lan"), _BOLD.format("6")])
    assert "<thead>" not in table(body, head)


def test_wide_row_above_the_headings_is_the_caption() -> None:
    title = ["<td colspan=2>Prices</td>"]
    head, body = [_BOLD.format("City"), _BOLD.format("Price")], [_CELL.format("Lan"), _CELL.format("6")]

    assert "<caption>Prices</caption><thead>" in table(title, head, body)


def test_table_with_one_column_only_places_its_text() -> None:
    assert table([_CELL.format("a")], [_CELL.format("b")]) == "<p>a</p>\n<p>b</p>"
