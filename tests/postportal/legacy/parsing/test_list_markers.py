import pytest

from postportal.legacy.parsing.list_markers import ListMarker, read_list_markers


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("• One", ListMarker("•", 0, 2)),
        ("- One", ListMarker("-", 0, 2)),
        ("12. One", ListMarker("1.", 12, 4)),
        ("（3）One", ListMarker("(1)", 3, 3)),
        ("④One", ListMarker("①", 4, 1)),
        ("(b) One", ListMarker("(a)", 2, 4)),
        ("C. One", ListMarker("A.", 3, 3)),
    ],
)
def test_marker_is_read(line: str, marker: ListMarker) -> None:
    assert read_list_markers(line) == [marker]


def test_i_is_a_letter_and_a_roman_numeral() -> None:
    assert [(each.style, each.number) for each in read_list_markers("(i) Nine")] == [("(a)", 9), ("(i)", 1)]
    assert [(each.style, each.number) for each in read_list_markers("(iii) Three")] == [("(i)", 3)]


@pytest.mark.parametrize("line", ["", "One", "12.5 million", "-one", "(ivx) none", "2019 was good"])
def test_other_lines_have_no_marker(line: str) -> None:
    assert read_list_markers(line) == []
