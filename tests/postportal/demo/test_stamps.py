from decimal import Decimal

from postportal.demo.stamps import with_decimals


def test_amounts_and_measurements_become_decimals() -> None:
    entry = {"denomination": "1.20", "width_mm": "40", "name": "3.00", "position": 1}

    assert with_decimals(entry) == {
        "denomination": Decimal("1.20"),
        "width_mm": Decimal(40),
        "name": "3.00",
        "position": 1,
    }
