from decimal import Decimal

import pytest

from postportal.legacy.parsing.stamp_values import (
    Money,
    StampCounts,
    is_blank,
    read_money,
    read_quantity,
    read_stamp_counts,
    tidy_perforation,
    tidy_size,
)


@pytest.mark.parametrize(
    ("value", "money"),
    [
        ("4.8 yuan", Money(Decimal("4.80"), "CNY")),
        ("RMB 4.80", Money(Decimal("4.80"), "CNY")),
        ("RMB4.80 yuan", Money(Decimal("4.80"), "CNY")),
        ("¥4.8", Money(Decimal("4.80"), "CNY")),
        ("￥４．８", Money(Decimal("4.80"), "CNY")),
        ("4.80元", Money(Decimal("4.80"), "CNY")),
        ("480 fen", Money(Decimal("4.80"), "CNY")),
        ("8 jiao", Money(Decimal("0.80"), "CNY")),
        ("80分", Money(Decimal("0.80"), "CNY")),
        ("1,204.80 yuan", Money(Decimal("1204.80"), "CNY")),
        ("4.8 yuan (1.20 yuan × 4)", Money(Decimal("4.80"), "CNY")),
        ("Total 4.8 yuan per set", Money(Decimal("4.80"), "CNY")),
        ("HK$ 5", Money(Decimal("5.00"), "HKD")),
        ("MOP 7.50", Money(Decimal("7.50"), "MOP")),
        ("4.8", Money(Decimal("4.80"), "")),
    ],
)
def test_face_value_is_read(value: str, money: Money) -> None:
    assert read_money(value) == money


@pytest.mark.parametrize(
    "value",
    ["80 fen, 1.20 yuan", "1.2 yuan each", "1.20-3.00 yuan", "4.805 yuan", "480000 yuan", "yuan", "", "0.0 yuan"],
)
def test_ambiguous_face_value_is_unknown(value: str) -> None:
    assert read_money(value) is None


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("4", StampCounts(4, None)),
        ("2+1", StampCounts(2, 1)),
        ("２＋１", StampCounts(2, 1)),
        ("4 pieces", StampCounts(4, None)),
        ("4枚", StampCounts(4, None)),
        ("2枚，小型张1枚", StampCounts(2, 1)),
        ("1套四枚", StampCounts(4, None)),
        ("3 stamps and one souvenir sheet", StampCounts(3, 1)),
        ("1 souvenir sheet", StampCounts(None, 1)),
        ("小型张1枚", StampCounts(None, 1)),
        ("A set of 4 stamps", StampCounts(4, None)),
        ("four", StampCounts(4, None)),
        ("0", None),
        ("several", None),
        ("many " * 30, None),
    ],
)
def test_stamp_counts_are_read(value: str, counts: StampCounts | None) -> None:
    assert read_stamp_counts(value) == counts


@pytest.mark.parametrize(
    "value", ["", " ", "-", "—", "N/A", "无", "0", "0.0 yuan", "0×0mm", "0.00元", "1970-01-01", "0000-00-00"]
)
def test_placeholders_are_blank(value: str) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", ["4", "10 yuan", "100", "2016-03-20", "none of them", "Room 0"])
def test_other_values_are_not_blank(value: str) -> None:
    assert not is_blank(value)


def test_sizes_and_perforations_are_tidy() -> None:
    assert tidy_size("40×30mm (1-3), 30 X 40 mm (4)") == "40 × 30 mm (1-3), 30 × 40 mm (4)"
    assert tidy_size("０×０") == ""
    assert tidy_perforation("13.5×13度") == "13.5 × 13"
    assert tidy_perforation("Imperforate") == "Imperforate"


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("9,499,900 sets", 9_499_900),
        ("1.2 million", 1_200_000),
        ("950万套", 9_500_000),
        ("plenty", None),
        ("99999亿", None),
    ],
)
def test_print_run_is_read(value: str, amount: int | None) -> None:
    assert read_quantity(value) == amount
