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

OURS = {"brand": "#0b4a3a", "deep": "#06332a", "seal": "#bf2b18", "air": "#17498b"}
colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


def test_variant_leaves_readable_colours_as_they_are() -> None:
    assert readable_variant(OURS, is_dark=False) == OURS


@given(st.fixed_dictionaries(dict.fromkeys(OURS, colour)), st.booleans())
def test_variant_can_be_read_whatever_is_chosen(chosen: dict[str, str], is_dark: bool) -> None:
    found = readable_variant(chosen, is_dark=is_dark)

    for name in ("brand", "deep"):
        assert [contrast(found[name], text) >= ratio for text, ratio in BRAND_FOREGROUNDS[is_dark]] == [True, True]
    assert {contrast(found["seal"], paper) >= 4.5 for paper in SEAL_BACKGROUNDS[is_dark]} == {True}
    assert contrast(found["air"], SEAL_BACKGROUNDS[is_dark][0]) >= 4.5


def test_moved_stops_as_soon_as_it_can_be_read() -> None:
    assert shift_to_contrast("#ffff00", towards="#000000", against=[("#ffffff", 4.5)]) == "#7a7a00"


def test_address_carries_four_colours() -> None:
    assert parse_colours("0b4a3a06332abf2b1817498b") == OURS
    assert [parse_colours(text) for text in ("", "0b4a3a", "0b4a3a06332abf2b18-17498b", "g" * 24)] == [None] * 4
