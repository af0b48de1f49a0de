import re
from decimal import Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CURRENCY_HELP = gettext_lazy("ISO 4217 code such as CNY, or the name of an old currency or subunit such as candarins.")
# ISO 4217 currencies that have no subunit in use.
_WITHOUT_SUBUNIT = frozenset({"CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"})
_CODE = re.compile(r"[A-Z]{3}")


class Currency(models.TextChoices):
    """Frequent currencies on stamps, by ISO 4217 code. Others are shown by their code or name."""

    CNY = "CNY", gettext_lazy("yuan")
    HKD = "HKD", gettext_lazy("Hong Kong dollars")
    MOP = "MOP", gettext_lazy("Macao patacas")
    EUR = "EUR", gettext_lazy("euros")
    USD = "USD", gettext_lazy("US dollars")
    CHF = "CHF", gettext_lazy("Swiss francs")
    GBP = "GBP", gettext_lazy("pounds sterling")
    JPY = "JPY", gettext_lazy("yen")


def format_money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency, “8.40 yuan” or “5 candarins”; "" if it is unknown."""
    if amount is None:
        return ""
    has_cents = _CODE.fullmatch(currency) and currency not in _WITHOUT_SUBUNIT
    text = number_format(amount, decimal_pos=2) if has_cents else number_format(f"{amount.normalize():f}")
    return _("%(amount)s %(currency)s") % {"amount": text, "currency": currency_name(currency)}


def currency_name(currency: str) -> str:
    """Return the name of an ISO 4217 code; the text itself if it is not listed above."""
    return str(Currency(currency).label) if currency in Currency.values else currency
