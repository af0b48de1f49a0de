"""Accessible tables in which every cell stays in its column, in a region that can be scrolled with the keyboard."""

import re
from collections.abc import Callable

from postportal.richtext.allowed_html import MAX_ROW_SPAN, read_span
from postportal.richtext.tree import Element, Node
from postportal.text.characters import HAN

_HAN_CHARACTER = re.compile(f"[{HAN}]")
_CELL_TAGS = {"td", "th"}
_GROUP_TAGS = {"thead", "tbody", "tfoot"}
Rows = list[Element]


def tidy_table(table: Element, *, fill_cell: Callable[[Element], None]) -> None:
    """Rearrange the table into caption, head, body and foot, and set the scope of its header cells. `fill_cell` tidies
    the content of a cell."""
    captions = [child for child in table.children if isinstance(child, Element) and child.tag == "caption"]
    groups = _read_groups(table)
    for _, rows in groups:
        for row in rows:
            for cell in _cells(row):
                fill_cell(cell)
    head, body, foot = _arrange(groups)
    for row in head:
        for cell in _cells(row):
            cell.tag = "th"
            if cell.attributes.get("scope", "row") == "row":
                cell.attributes["scope"] = "col"
    for row in [*body, *foot]:
        for cell in _cells(row):
            if cell.tag == "th":
                cell.attributes.setdefault("scope", "row")
    parts = [("thead", head), ("tbody", body), ("tfoot", foot)]
    table.children = [*captions, *(Element(tag, {}, [*rows]) for tag, rows in parts if rows)]


def _read_groups(table: Element) -> list[tuple[str, Rows]]:
    """Return the groups of rows in order. What is not in a cell, in broken markup, gets one."""
    groups: list[tuple[str, Rows]] = []
    for child in table.children:
        if isinstance(child, Element) and child.tag == "caption":
            continue
        if isinstance(child, Element) and child.tag in _GROUP_TAGS:
            rows = [_read_row(node) for node in child.children if not _is_space(node)]
            groups.append((child.tag, rows))
        elif not _is_space(child):
            if not groups or groups[-1][0] != "tbody":
                groups.append(("tbody", []))
            groups[-1][1].append(_read_row(child))
    return [(tag, rows) for tag, rows in groups if rows]


def _read_row(node: Node) -> Element:
    row = node if isinstance(node, Element) and node.tag == "tr" else Element("tr", {}, [node])
    cells = [child for child in row.children if not _is_space(child)]
    row.children = [
        child if isinstance(child, Element) and child.tag in _CELL_TAGS else Element("td", {}, [child])
        for child in cells
    ]
    return row


def _is_space(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element)]


def _arrange(groups: list[tuple[str, Rows]]) -> tuple[Rows, Rows, Rows]:
    """Return the rows of head, body and foot in the order in which browsers show them.

    Cells span rows within their group only. The groups of the body become one, so spans are cut where their group
    ends."""
    head: Rows = next((rows for tag, rows in groups if tag == "thead"), [])
    foot: Rows = next((rows for tag, rows in groups if tag == "tfoot"), [])
    for _, rows in groups:
        _cut_spans(rows)
    body = [row for _, rows in groups if rows is not head and rows is not foot for row in rows]
    marked = [] if foot else _take_marked(body, "foot")
    count = _count_heading_rows(body, has_head=bool(head))
    head, body, foot = head + body[:count], body[count:], foot + marked
    for rows in (body, foot):
        _cut_spans(rows)
    for row in [*head, *body, *foot]:
        row.attributes.pop("data-part", None)
    return head, body, foot


def _take_marked(rows: Rows, part: str) -> Rows:
    """Remove the rows at the end that the editor marks as the foot, and return them. The mark itself is not stored."""
    start = len(rows)
    while start and rows[start - 1].attributes.get("data-part") == part:
        start -= 1
    marked = rows[start:]
    del rows[start:]
    return marked


def _count_heading_rows(rows: Rows, *, has_head: bool) -> int:
    """Return how many leading rows of the body belong to the head: rows of header cells, and rows into which a cell of
    such a row reaches."""
    count = reach = 0
    while count < len(rows):
        is_reached = reach > count
        is_first = not has_head and not count
        if not is_reached and not _is_heading_row(rows, count, is_first=is_first):
            break
        reach = max([reach, *(count + _row_span(cell, rest=len(rows) - count) for cell in _cells(rows[count]))])
        count += 1
    # A cell that reaches down to the last row stands beside the rows and not above them.
    return 0 if count == len(rows) and not all(map(_has_only_headers, rows)) else count


def _numbered_cells(rows: Rows) -> list[tuple[int, Element]]:
    return [(number, cell) for number, row in enumerate(rows) for cell in _cells(row)]


def _is_heading_row(rows: Rows, number: int, *, is_first: bool) -> bool:
    row, following = rows[number], rows[number + 1 : number + 2]
    cells = _cells(row)
    if not cells or not _has_only_headers(row):
        return False
    if len(cells) > 1 or row.attributes.get("data-part") == "head":
        return True
    # One wide cell is a title if the headings of the columns follow, and else the name of a group of rows.
    is_wide = "colspan" in cells[0].attributes
    return is_first and is_wide and any(len(_cells(each)) > 1 and _has_only_headers(each) for each in following)


def _has_only_headers(row: Element) -> bool:
    return all(cell.tag == "th" for cell in _cells(row))


def _row_span(cell: Element, *, rest: int) -> int:
    """Return the number of rows that the cell asks for. 0 stands for the rest of its group."""
    return read_span(cell.attributes.get("rowspan", "1"), high=MAX_ROW_SPAN) or rest


def _cut_spans(rows: Rows) -> None:
    for number, cell in _numbered_cells(rows):
        rest = len(rows) - number
        span = min(_row_span(cell, rest=rest), rest)
        cell.attributes.pop("rowspan", None)
        if span > 1:
            cell.attributes["rowspan"] = str(span)


def wrap_in_regions(nodes: list[Node]) -> list[Node]:
    """Wrap each table in a region labelled with its caption or else with the heading above it.

    The label is text and not the id of the caption: a page may show several texts, and ids would clash.
    """
    result: list[Node] = []
    heading = ""
    names: dict[str, int] = {}
    for node in nodes:
        if isinstance(node, Element) and node.tag in {"h2", "h3", "h4"}:
            heading = node.text().strip()
        if isinstance(node, Element) and node.tag == "table":
            own = [part for part in node.children if isinstance(part, Element) and part.tag == "caption"]
            caption = " ".join("".join(part.text() for part in own).split())
            name = caption or heading or ("表格" if _HAN_CHARACTER.search(node.text()) else "Table")
            names[name] = names.get(name, 0) + 1
            label = name if names[name] == 1 else f"{name} ({names[name]})"
            node = Element("div", {"class": "tw", "role": "region", "tabindex": "0", "aria-label": label}, [node])
        result.append(node)
    return result
