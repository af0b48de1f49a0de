import pytest
from django.core.exceptions import ValidationError

from services.models.phone_numbers import country_of, dialled_at_home, is_plausible, read_number, why_only_at_home


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8610 11185", ("+861011185", "", "", "", "+86 10 11185")),
        ("+86 10 11185", ("+861011185", "", "", "", "+86 10 11185")),
        ("0086 (0)10 11185", ("+861011185", "", "", "", "+86 10 11185")),
        ("400 890 9999", ("", "4008909999", "CN", "", "400 890 9999")),
        ("+864008909999", ("", "4008909999", "CN", "", "400 890 9999")),
        ("1 11 85", ("", "11185", "CN", "", "1 11 85")),
        ("电话：９５５８０", ("", "95580", "CN", "", "")),
        ("010 6885 9999 ext. 12", ("+861068859999", "", "", "12", "+86 10 6885 9999")),
        ("(010) 6885-9999 转 12", ("+861068859999", "", "", "12", "+86 10 6885 9999")),
        ("400 890 9999 x7", ("", "4008909999", "CN", "7", "400 890 9999")),
        ("+49 30 123456", ("+4930123456", "", "", "", "+49 30 123456")),
    ],
)
def test_number_is_read_as_people_type_it(typed: str, read: tuple[str, ...]) -> None:
    assert tuple(read_number(typed, region="CN")) == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8610 4008909999", "400 numbers have no country or area code. Enter 400 890 9999."),
        ("+999 10 11188", "No country has this code."),
        ("12", "too short or too long"),
        ("+86 10", "too short or too long"),
        ("1" * 30, "too short or too long"),
        ("call us", "Enter a telephone number"),
        ("+", "Enter a telephone number"),
    ],
)
def test_number_that_nobody_can_dial_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        read_number(typed, region="CN")


def test_number_of_another_country_is_read_by_its_plan() -> None:
    assert read_number("13 13 18", region="AU").short_code == "131318"
    assert read_number("1800 20 50 98", region="AU")[1:3] == ("1800205098", "AU")
    assert read_number("030 123456", region="DE").e164 == "+4930123456"


def test_number_at_home_is_shown_only_if_the_plan_has_it() -> None:
    assert dialled_at_home("+861068859999", region="CN") == "010 6885 9999"
    assert dialled_at_home("+861068859999", region="DE") == ""
    assert dialled_at_home("+861011185", region="CN") == ""
    assert (is_plausible("+861011185"), country_of("+861011185"), country_of("+9991234567")) == (False, "CN", "")


def test_reason_why_a_number_works_only_at_home() -> None:
    assert why_only_at_home("11185") == "Short codes work only within the country."
    assert why_only_at_home("4008909999") == "400 numbers work only within the country."
