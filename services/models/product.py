from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import STAMP_DAYS
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

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="products", verbose_name=_("stamp issue"), db_index=False
    )
    kind = models.CharField(_("format"), max_length=8, choices=Kind.choices, default=Kind.SET)
    name = LineField(_("name"), max_length=120, blank=True, help_text=_("Only if the format needs more detail."))
    name_zh = LineField(_("name in Chinese"), max_length=60, blank=True)
    contents = LineField(_("contents"), max_length=160, blank=True, help_text=_("For example “16 stamps, 4 sets”."))
    contents_zh = LineField(_("contents in Chinese"), max_length=80, blank=True)
    price = models.DecimalField(
        _("price"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the price is unknown."))],
    )
    columns = models.PositiveSmallIntegerField(_("columns"), null=True, blank=True, help_text=_("The 5 in 5 × 4."))
    rows = models.PositiveSmallIntegerField(_("rows"), null=True, blank=True, help_text=_("The 4 in 5 × 4."))
    size = LineField(_("size"), max_length=60, blank=True, help_text=_("For example 120 × 160 mm."))
    print_run = models.PositiveIntegerField(_("print run"), null=True, blank=True)
    item_number = LineField(_("item number"), max_length=30, blank=True)
    designer = LineField(_("designer"), max_length=120, blank=True, help_text=_("Only if it differs from the stamps."))
    postmark_place = LineField(_("place of the postmark"), max_length=120, blank=True)
    order_until = RangedDateField(_("order until"), null=True, blank=True, days=STAMP_DAYS, is_end=True)
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
            models.CheckConstraint(
                condition=models.Q(columns__isnull=True, rows__isnull=True)
                # A comparison with null is neither true nor false, and a check lets it pass.
                | models.Q(columns__isnull=False, rows__isnull=False, columns__gte=1, rows__gte=1),
                name="product_layout_is_complete",
                violation_error_message=_("Enter columns and rows, or neither."),
            ),
            models.UniqueConstraint(
                fields=["issue", "kind", "name"],
                name="product_once",
                violation_error_message=_("Another product has this format. Enter a name that tells them apart."),
            ),
        ]

    def __str__(self) -> str:
        return localized_text(self, "name") or str(self.get_kind_display())

    @property
    def layout(self) -> str:
        """Return “5 × 4”; "" if it is unknown."""
        return f"{self.columns} × {self.rows}" if self.columns and self.rows else ""

    @property
    def details(self) -> list[str]:
        """Return the known facts besides the contents and the price, each in words."""
        run = number_format(self.print_run, force_grouping=True) if self.print_run else ""
        until = date_format(self.order_until) if self.order_until else ""
        facts = [
            (gettext("layout %(value)s"), self.layout),
            ("%(value)s", self.size),
            (gettext("print run %(value)s"), run),
            (gettext("designed by %(value)s"), self.designer),
            (gettext("postmark of %(value)s"), self.postmark_place),
            (gettext("order until %(value)s"), until),
            (gettext("item %(value)s"), self.item_number),
        ]
        return [text % {"value": value} for text, value in facts if value]
