from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Currency(models.TextChoices):
    """Currencies on stamps, by ISO 4217 code."""

    CNY = "CNY", gettext_lazy("yuan")
    HKD = "HKD", gettext_lazy("Hong Kong dollars")
    MOP = "MOP", gettext_lazy("Macao patacas")
    EUR = "EUR", gettext_lazy("euros")
    USD = "USD", gettext_lazy("US dollars")
    CHF = "CHF", gettext_lazy("Swiss francs")


def format_money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency, “8.40 yuan”; "" if it is unknown."""
    if amount is None:
        return ""
    return _("%(amount)s %(currency)s") % {
        "amount": number_format(amount, decimal_pos=2),
        "currency": currency_name(currency),
    }


def currency_name(currency: str) -> str:
    """Return the name of an ISO 4217 code; the code itself if it is not listed above."""
    return str(Currency(currency).label) if currency in Currency.values else currency
