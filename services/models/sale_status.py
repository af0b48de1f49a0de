from django.db import models
from django.utils.translation import gettext_lazy as _


class SaleStatus(models.TextChoices):
    """Status of a stamp issue on a day, from its announcement to the end of its sale. It is never stored."""

    ANNOUNCED = "announced", _("Announced")
    DESIGNS_SHOWN = "designs-shown", _("Designs revealed")
    ON_SALE = "on-sale", _("On sale")
    OFF_SALE = "off-sale", _("No longer on sale")
    ISSUED = "issued", _("Issued")
    CANCELLED = "cancelled", _("Cancelled")
