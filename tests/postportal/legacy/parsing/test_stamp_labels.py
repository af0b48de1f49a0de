import pytest

from postportal.legacy.parsing.stamp_labels import (
    field_name_of,
    is_field,
    is_heading,
    read_label_and_value,
    split_fields,
)


@pytest.mark.parametrize("label", ["Piece in Set", "PIECES IN SET", "Piece(s) in set", "Stamps  in Set", "全套 枚数"])
def test_every_spelling_names_the_same_field(label: str) -> None:
    assert field_name_of(label) == "stamp_counts"


def test_unknown_label_names_no_field() -> None:
    assert (field_name_of("Fragrance"), field_name_of("title " * 20)) == ("", "")


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("Serial Number: 2016-4", ("Serial Number", "2016-4")),
        ("• 志号：2016-4", ("志号", "2016-4")),
        ("| Size | 40 × 30 |", ("Size", "40 × 30")),
        ("A sentence.", None),
    ],
)
def test_label_and_value_are_read(line: str, pair: tuple[str, str] | None) -> None:
    assert read_label_and_value(line) == pair


def test_field_and_heading_are_recognised() -> None:
    assert (is_field("Perforation: 13"), is_field("Fragrance: cedar")) == (True, False)
    assert (is_heading("Supporting Information:"), is_heading("Lanterns")) == (True, False)


def test_line_is_split_at_known_labels() -> None:
    line = "Serial Number: 2018-7   Designer: Tang Mei   at noon: closed"

    assert split_fields(line) == ["Serial Number: 2018-7", "Designer: Tang Mei   at noon: closed"]
    assert split_fields("A sentence.  Size: 40") == ["A sentence.  Size: 40"]
