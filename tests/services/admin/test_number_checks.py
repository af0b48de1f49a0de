import pytest

from services.admin.number_checks import how_it_is_dialled, number_warnings
from tests.factories import services

pytestmark = pytest.mark.django_db


def test_same_number_in_two_hotlines_and_unknown_numbers_are_warned_of() -> None:
    letters, parcels = services.hotline("Letters"), services.hotline("Parcels")
    services.short_code_number(letters)
    services.short_code_number(parcels)
    services.number_from_abroad(parcels, e164="+8610119")

    assert number_warnings(letters) == ["11185 is also a number of “Parcels”."]
    assert number_warnings(parcels) == [
        "11185 is also a number of “Letters”.",
        "+8610119 is in no numbering plan that we know. Call it to check.",
    ]


def test_short_code_behind_an_area_code_is_not_warned_of() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    services.number_from_abroad(hotline)

    assert number_warnings(hotline) == []
    assert number_warnings(services.hotline()) == []


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("8610 11185", ["From abroad: +86 10 11185"]),
        ("010 6885 9999 ext 12", [
            "Within the country: 010 6885 9999 ext. 12", "From abroad: +86 10 6885 9999 ext. 12",
        ]),
        ("400 890 9999", [
            "Within the country: 400 890 9999",
            "Cannot be dialled from abroad. 400 numbers work only within the country.",
        ]),
        ("x", ["Enter a telephone number, for example +86 10 11185, 400 890 9999 or 11185."]),
    ],
)  # fmt: skip
def test_read_back_says_how_a_number_is_dialled(typed: str, lines: list[str]) -> None:
    assert how_it_is_dialled(typed, region="") == lines


def test_read_back_needs_a_country_that_exists() -> None:
    assert how_it_is_dialled("11185", region="xx") == ["No country has this code. Enter two letters such as CN."]
