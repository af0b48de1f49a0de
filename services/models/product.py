from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from postportal.web.languages import localized_text
from services.models.stamp_issue import StampIssue


class Product(models.Model):
    """A format in which a stamp issue is sold."""

    class Kind(models.TextChoices):
        SET = "set", _("Set")
        SHEET = "sheet", _("Full sheet")
        SHEETLET = "sheetlet", _("Sheetlet")
        SOUVENIR_SHEET = "souvenir", _("Souvenir sheet")
        BOOKLET = "booklet", _("Booklet")
        FIRST_DAY_COVER = "fdc", _("First day cover")
        PRESENTATION_PACK = "pack", _("Presentation pack")
        OTHER = "other", _("Other")

    issue = models.ForeignKey(StampIssue, models.CASCADE, related_name="products", verbose_name=_("stamp issue"))
    kind = models.CharField(_("format"), max_length=8, choices=Kind.choices, default=Kind.SET)
    name = models.CharField(_("name"), max_length=120, blank=True, help_text=_("Only if the format needs more detail."))
    name_zh = models.CharField(_("name in Chinese"), max_length=60, blank=True)
    contents = models.CharField(
        _("contents"), max_length=160, blank=True, help_text=_("For example “16 stamps, 4 sets”.")
    )
    contents_zh = models.CharField(_("contents in Chinese"), max_length=80, blank=True)
    price = models.DecimalField(
        _("price"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the price is unknown."))],
    )
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gt=0),
                name="product_price_not_zero",
                violation_error_message=_("Leave blank if the price is unknown."),
            ),
            models.UniqueConstraint(fields=["issue", "kind", "name"], name="product_once"),
        ]

    def __str__(self) -> str:
        return localized_text(self, "name") or str(self.get_kind_display())
