import pytest

from postportal.legacy.parsing.stamp_labels import field_name_of, is_heading, label_pattern, section_of


@pytest.mark.parametrize("label", ["Piece in Set", "PIECES IN SET", "Piece(s) in set", "Stamps  in Set", "全套 枚数"])
def test_every_spelling_names_the_same_field(label: str) -> None:
    assert field_name_of(label) == "stamp_counts"


def test_unknown_label_names_no_field() -> None:
    assert (field_name_of("Fragrance"), field_name_of("title " * 20)) == ("", "")


def test_heading_and_section_are_recognised() -> None:
    assert (is_heading("Supporting Information:"), is_heading("| 邮票资料 |"), is_heading("Lanterns")) == (
        True,
        True,
        False,
    )
    assert [section_of(line) for line in ("Souvenir Sheet", "【小型张】", "二、邮票", "Boats")] == [
        "souvenir sheet",
        "souvenir sheet",
        "stamps",
        "",
    ]


def test_pattern_finds_the_longest_label() -> None:
    match = label_pattern().search("Size of Souvenir Sheet (mm)：120")

    assert match is not None
    assert (match["label"], match["colon"]) == ("Size of Souvenir Sheet", "：")
