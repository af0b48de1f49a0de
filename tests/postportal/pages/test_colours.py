import pytest
from hypothesis import given
from hypothesis import strategies as st

from postportal.pages.colours import (
    BRAND_FOREGROUNDS,
    SEAL_BACKGROUNDS,
    contrast,
    parse_colours,
    readable_variant,
    shift_to_contrast,
)

DEFAULTS = {"brand": "#0b4a3a", "deep": "#06332a", "seal": "#bf2b18", "air": "#17498b"}
colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_readable_colours_stay_unchanged() -> None:
    assert readable_variant(DEFAULTS, is_dark=False) == DEFAULTS


@given(st.fixed_dictionaries(dict.fromkeys(DEFAULTS, colour)), st.booleans())
def test_variant_is_readable_for_all_colours(colours: dict[str, str], is_dark: bool) -> None:
    found = readable_variant(colours, is_dark=is_dark)

    for name in ("brand", "deep"):
        assert [contrast(found[name], text) >= ratio for text, ratio in BRAND_FOREGROUNDS[is_dark]] == [True, True]
    assert {contrast(found["seal"], background) >= 4.5 for background in SEAL_BACKGROUNDS[is_dark]} == {True}
    assert contrast(found["air"], SEAL_BACKGROUNDS[is_dark][0]) >= 4.5


def test_colour_is_shifted_no_further_than_needed() -> None:
    assert shift_to_contrast("#ffff00", towards="#000000", against=[("#ffffff", 4.5)]) == "#7a7a00"


def test_four_colours_are_parsed() -> None:
    assert parse_colours("0b4a3a06332abf2b1817498b") == DEFAULTS
    assert [parse_colours(text) for text in ("", "0b4a3a", "0b4a3a06332abf2b18-17498b", "g" * 24)] == [None] * 4
