"""Rows of captured tables, laid out as one field or text on each line."""

import re
from collections.abc import Sequence

from postportal.legacy.parsing.stamp_labels import MAX_LABEL_LENGTH, field_name_of
from postportal.legacy.parsing.text_cleaning import collapse_whitespace

_BARS = re.compile(r"[|｜│┃¦\t]")
_RULE = re.compile(r"[\s:+=\-–—─━|｜│┃]*\Z")
_COLON_AT_END = re.compile(r"\s*[:：]\Z")
_DESIGN_COLUMNS = {"designs", "design_names"}


def lay_out_rows(lines: Sequence[str]) -> list[str]:
    """Return the lines with each row of a table ("| Size | 40 × 30 |") as lines of its own ("Size: 40 × 30").

    A row of labels only is the head of the rows below it. Cells that are no fields stay together as text."""
    laid_out: list[str] = []
    index = 0
    while index < len(lines):
        cells = read_row(lines[index])
        if cells is None:
            laid_out.append(lines[index])
            index += 1
            continue
        rows = _rows_below(lines, at=index, width=len(cells)) if _is_head(cells) else []
        laid_out.extend(_lines_below_head(cells, [row for _, row in rows]) if rows else _lines_of_row(cells))
        index = rows[-1][0] + 1 if rows else index + 1
    return laid_out


def read_row(line: str) -> list[str] | None:
    """Return the cells of a table's row, [] for a row without text, or None for any other line."""
    bars = _BARS.findall(line.strip())
    if not bars:
        return None
    text = line.strip()
    cells = [_COLON_AT_END.sub("", collapse_whitespace(cell)) for cell in _BARS.split(text)]
    if _RULE.match(text):
        return []
    is_framed = _BARS.match(text) is not None
    if not is_framed and len(bars) < 2 and not field_name_of(cells[0]):
        return None
    # The blanks outside the first and the last bar are no cells.
    cells = cells[1:] if is_framed else cells
    return cells[:-1] if len(cells) > 1 and _BARS.match(text[-1]) else cells


def _is_head(cells: list[str]) -> bool:
    return len(cells) > 1 and all(field_name_of(cell) for cell in cells)


def _rows_below(lines: Sequence[str], *, at: int, width: int) -> list[tuple[int, list[str]]]:
    """Return the rows below the head of a table, with their indexes."""
    rows: list[tuple[int, list[str]]] = []
    for index in range(at + 1, len(lines)):
        cells = read_row(lines[index]) if lines[index].strip() else []
        if cells is None or (cells and (len(cells) != width or field_name_of(cells[0]))):
            break
        if cells:
            rows.append((index, cells))
    return rows


def _lines_below_head(head: list[str], rows: list[list[str]]) -> list[str]:
    if len(rows) > 1 or _DESIGN_COLUMNS & {field_name_of(label) for label in head}:
        # One row for each stamp of the set.
        return [" ".join(cell for cell in row if cell) for row in rows]
    return [f"{label}: {value}" for label, value in zip(head, rows[0], strict=True)]


def _lines_of_row(cells: list[str]) -> list[str]:
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 and not (filled and field_name_of(cells[0])):
        return filled or [""]
    if any(field_name_of(cell) for cell in cells[::2]):
        return _pairs(cells)
    if all(re.search(r"[:：]", cell) for cell in filled):
        return filled
    if len(filled) == 2 and cells[0] and len(cells[0]) <= MAX_LABEL_LENGTH and not re.search(r"[:：。]", cells[0]):
        return [f"{filled[0]}: {filled[1]}"]
    return [" | ".join(filled)]


def _pairs(cells: list[str]) -> list[str]:
    """Return the fields of a row like "Size, 40 × 30, Perforation, 13". A second value has no label of its own."""
    lines: list[str] = []
    index = 0
    while index < len(cells):
        label = cells[index]
        following = cells[index + 1] if index + 1 < len(cells) else ""
        if not label:
            index += 1
        elif re.search(r"[:：]", label) or (not field_name_of(label) and lines and field_name_of(following)):
            # A field in one cell, or a value that belongs to no label.
            lines.append(label)
            index += 1
        else:
            lines.append(f"{label}: {following}")
            index += 2
    return lines
