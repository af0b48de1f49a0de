"""Accessible tables: header cells for screen readers, and a region that can be scrolled with the keyboard."""

import re

from postportal.richtext.tree import Element, Node

_HAN_CHARACTER = re.compile(r"[\u4e00-\u9fff]")


def tidy_table(table: Element) -> None:
    """Rearrange the table into caption, head and body, and set the scope of its header cells."""
    rows = table.find("tr")
    captions = [caption for caption in table.find("caption") if caption.text().strip()][:1]
    head = [row for row in rows if _is_heading_row(row, table=table)]
    body = [row for row in rows if row not in head]
    for row in head:
        for cell in row.find("th", "td"):
            cell.tag = "th"
            cell.attributes.setdefault("scope", "col")
    for row in body:
        for cell in row.find("th"):
            cell.attributes.setdefault("scope", "row")
    table.children = [*captions]
    if head:
        table.children.append(Element("thead", {}, [*head]))
    if body:
        table.children.append(Element("tbody", {}, [*body]))


def _is_heading_row(row: Element, *, table: Element) -> bool:
    in_head = any(row is candidate for part in table.find("thead") for candidate in part.children)
    cells = row.find("th", "td")
    first = next(iter(table.find("tr")))
    return in_head or (row is first and len(cells) > 1 and all(cell.tag == "th" for cell in cells))


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
            caption = " ".join("".join(part.text() for part in node.find("caption")).split())
            name = caption or heading or ("表格" if _HAN_CHARACTER.search(node.text()) else "Table")
            names[name] = names.get(name, 0) + 1
            label = name if names[name] == 1 else f"{name} ({names[name]})"
            node = Element("div", {"class": "tw", "role": "region", "tabindex": "0", "aria-label": label}, [node])
        result.append(node)
    return result
