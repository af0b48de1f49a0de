from decimal import Decimal

import pytest

from services.models.currencies import currency_name, format_money


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("8.4"), "CNY", "8.40 yuan"),
        (Decimal("0.01"), "EUR", "0.01 euros"),
        (Decimal(1), "XXX", "1.00 XXX"),
        (Decimal(80), "JPY", "80 yen"),
        (Decimal("5.00"), "candarins", "5 candarins"),
        (None, "CNY", ""),
    ],
)
def test_money_is_formatted_with_its_currency(amount: Decimal | None, currency: str, text: str) -> None:
    assert format_money(amount, currency) == text


def test_unlisted_currency_is_shown_by_its_code() -> None:
    assert (currency_name("CHF"), currency_name("XXX")) == ("Swiss francs", "XXX")
