"""Tables of other programs: caption, rows and cells, with a header row if the first row looks like one."""

from collections.abc import Callable

from postportal.richtext.programs.styles import Styles, is_bold
from postportal.richtext.programs.writer import collapse
from postportal.richtext.tree import Element

_CELLS = {"td", "th"}
_GROUPS = {"thead", "tbody", "tfoot"}
Fill = Callable[[Element, Element], None]


def _rows(table: Element) -> list[Element]:
    rows: list[Element] = []
    for child in table.children:
        if isinstance(child, Element) and child.tag == "tr":
            rows.append(child)
        elif isinstance(child, Element) and child.tag in _GROUPS:
            rows.extend(_rows(child))
    return rows


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.tag in _CELLS]


def is_layout(table: Element) -> bool:
    """Return True for a table that only places its content, such as the frame of a mail."""
    if table.find("th", "caption"):
        return False
    return table.attributes.get("role") == "presentation" or all(len(_cells(row)) < 2 for row in _rows(table))


def _has_bold_words(element: Element, styles: Styles) -> bool:
    """Return True if all words of the element are bold."""
    if is_bold(element, styles.of(element)):
        return True
    return all(
        not child.strip() if isinstance(child, str) else not child.text().strip() or _has_bold_words(child, styles)
        for child in element.children
    )


def _is_bold_cell(cell: Element, styles: Styles) -> bool:
    return bool(cell.text().strip()) and _has_bold_words(cell, styles)


def _has_header_row(table: Element, rows: list[Element], *, styles: Styles) -> bool:
    if len(rows) < 2 or len(_cells(rows[0])) < 2:
        return False
    if any(row is rows[0] for group in table.find("thead") for row in _rows(group)):
        return True
    filled = [cell for cell in _cells(rows[0]) if cell.text().strip()]
    if len(filled) < 2 or not all(_is_bold_cell(cell, styles) for cell in filled):
        return False
    return not all(_is_bold_cell(cell, styles) for row in rows[1:] for cell in _cells(row))


def _is_right(cell: Element, styles: Styles) -> bool:
    return any(
        each.attributes.get("align", "").lower() == "right" or styles.of(each).get("text-align") == "right"
        for each in (cell, *cell.find("p", "div"))
    )


def _is_title(rows: list[Element], styles: Styles) -> bool:
    """Return True if the first row is wide and above the headings of the columns."""
    if len(rows) < 3 or len(_cells(rows[0])) != 1:
        return False
    is_wide = _cells(rows[0])[0].attributes.get("colspan", "1") not in {"", "0", "1"}
    return is_wide and all(_is_bold_cell(cell, styles) for cell in _cells(rows[1]))


def _is_blank(row: Element) -> bool:
    return not row.text().strip() and not row.find("img")


def write_table(table: Element, *, styles: Styles, fill: Fill, fill_head: Fill) -> list[Element]:
    """Return the table, or nothing if it has no words. `fill` and `fill_head` write the content of a cell."""
    rows = [row for row in _rows(table) if not _is_blank(row)]
    if not rows:
        return []
    result = Element("table")
    captions = [child for child in table.children if isinstance(child, Element) and child.tag == "caption"]
    title = captions[0] if captions else rows.pop(0) if _is_title(rows, styles) else None
    if title is not None and title.text().strip():
        result.children.append(Element("caption", {}, [collapse(title.text()).strip()]))
    is_headed = _has_header_row(table, rows, styles=styles)
    for row in rows:
        line = Element("tr")
        for cell in _cells(row):
            is_header = cell.tag == "th" or (is_headed and row is rows[0])
            new = Element("th" if is_header else "td", _cell_attributes(cell, styles))
            (fill_head if is_header else fill)(cell, new)
            line.children.append(new)
        result.children.append(line)
    return [result]


def _cell_attributes(cell: Element, styles: Styles) -> dict[str, str]:
    kept = {"colspan", "rowspan", *({"scope"} if cell.tag == "th" else set())}
    attributes = {name: value for name, value in cell.attributes.items() if name in kept}
    return attributes | ({"class": "r"} if _is_right(cell, styles) else {})
