import pytest

from postportal.legacy.parsing.hotlines import PrintedHotline, read_hotline


@pytest.mark.parametrize(
    ("printed", "domestic", "abroad"),
    [
        ("8610 11185", "11185", "+861011185"),
        ("+86 10 11185", "11185", "+861011185"),
        ("0086-10-11185", "11185", "+861011185"),
        ("（8610）95580", "95580", "+861095580"),
        ("010-11183", "11183", "+861011183"),
        ("11185", "11185", ""),
        ("８６１０　１１１８５", "11185", "+861011185"),
        ("8610 4008909999", "4008909999", ""),
        ("400 890 9999", "4008909999", ""),
        ("+86 400-890-9999", "4008909999", ""),
        ("8621 12345678", "", "+862112345678"),
        ("0755-12345678", "", "+8675512345678"),
    ],
)
def test_number_is_read_as_callers_dial_it(printed: str, domestic: str, abroad: str) -> None:
    line = read_hotline(f"Letters and parcels: {printed}")

    assert line is not None
    assert (line.label, line.domestic, line.abroad) == ("Letters and parcels", domestic, abroad)


def test_number_that_does_not_work_as_printed_is_a_misprint() -> None:
    misprinted = read_hotline("Life: 8610 4008909999")
    right = read_hotline("Life: 400 890 9999")

    assert [line.is_misprinted for line in (misprinted, right) if line] == [True, False]


def test_unreadable_number_with_country_code_is_kept_as_printed() -> None:
    assert read_hotline("Boats: 86 1234567") == PrintedHotline("Boats", "86 1234567", "", "")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Perforation: 13",
        "Serial Number: 2016-4",
        "At 10: 11185 letters",
        "Dial 11185",
        "Price: 86",
        "Postcode: 100808",
    ],
)
def test_other_lines_are_no_hotlines(line: str) -> None:
    assert read_hotline(line) is None
