import pytest

from postportal.legacy.parsing.table_rows import lay_out_rows, read_row


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| Serial No. | 2016-4 |", ["Serial No.", "2016-4"]),
        ("|Serial No.|2016-4", ["Serial No.", "2016-4"]),
        ("Serial No. | 2016-4", ["Serial No.", "2016-4"]),
        ("志号\t2016-4", ["志号", "2016-4"]),
        ("| Perforation | | Size | 40 × 30 |", ["Perforation", "", "Size", "40 × 30"]),
        ("| |", []),
        ("| --- | :--: |", []),
        ("Source | 2016", None),
        ("A sentence.", None),
    ],
)
def test_cells_of_a_row_are_read(line: str, cells: list[str] | None) -> None:
    assert read_row(line) == cells


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("| Serial No. | 2016-4 |", ["Serial No.: 2016-4"]),
        ("| Serial No.: | 2016-4 | Pieces in Set: | 4 |", ["Serial No.: 2016-4", "Pieces in Set: 4"]),
        ("| Serial No.: 2016-4 | Pieces in Set: 4 |", ["Serial No.: 2016-4", "Pieces in Set: 4"]),
        ("| Serial No. | | Perforation | 13 |", ["Serial No.: ", "Perforation: 13"]),
        ("| Theme | Lanterns |", ["Theme: Lanterns"]),
        ("| Size | 40 × 30 | 120 × 80 |", ["Size: 40 × 30", "120 × 80: "]),
        ("| Supporting Information | |", ["Supporting Information"]),
        ("| a | b | c |", ["a | b | c"]),
        ("| |", [""]),
    ],
)
def test_row_becomes_lines(row: str, lines: list[str]) -> None:
    assert lay_out_rows([row]) == lines


def test_row_of_labels_is_the_head_of_the_row_below() -> None:
    table = ["| 志号 | 全套枚数 | 设计者 |", "| --- | --- | --- |", "| 2016-4 | 4枚 | 唐梅 |", "Text"]

    assert lay_out_rows(table) == ["志号: 2016-4", "全套枚数: 4枚", "设计者: 唐梅", "Text"]


def test_rows_below_a_head_are_one_line_for_each_stamp() -> None:
    table = ["| 图序 | 图名 | 面值 |", "| (2-1)T | 灯 | 1.20元 |", "", "| (2-2)T | 船 | 1.20元 |"]

    assert lay_out_rows(table) == ["(2-1)T 灯 1.20元", "(2-2)T 船 1.20元"]
