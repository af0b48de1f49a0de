from decimal import Decimal

import pytest

from postportal.legacy.parsing.designs import Design, read_designs


def test_listed_stamps_are_read() -> None:
    lines = ["The set:", "(3-1) Red lantern 1.20 yuan", "（3-2）T “Blue lantern”, 80分", "(3-3) Broken lantern"]

    assert read_designs(lines) == (
        Design(1, "Red lantern", Decimal("1.20")),
        Design(2, "Blue lantern", Decimal("0.80")),
        Design(3, "Broken lantern", None),
    )


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["(3-1) Red", "(4-2) Blue"],
        ["(3-1) Red", "(3-1) Blue"],
        ["(3-4) Red"],
        ["(3-1) 1.20 yuan"],
        ["(3-1) " + "a very long sentence about the stamp " * 3],
    ],
)
def test_lines_not_numbered_within_one_set_are_no_stamps(lines: list[str]) -> None:
    assert read_designs(lines) == ()


def test_zero_denomination_is_unknown() -> None:
    assert read_designs(["(1-1) Red lantern 0 yuan"]) == (Design(1, "Red lantern 0 yuan", None),)
