from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models import Organization
from postportal.images.models import Image
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField, RangedDateTimeField
from postportal.web.date_ranges import PUBLICATION_DAYS, STAMP_DAYS
from postportal.web.languages import localized_text, other_script_text
from services.models.currencies import format_money
from services.models.stamp_issue import StampIssue


class PartnerStamp(models.Model):
    """The stamp of a partner in a joint issue: its own name, face value, picture and day, in its own country.

    Readers see it while they may see the issue and the partner: its picture also under the URL of the file."""

    public_with = ("partner",)

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="partner_stamps", verbose_name=_("stamp issue"), db_index=False
    )
    partner = models.ForeignKey(
        Organization,
        models.PROTECT,
        related_name="partner_stamps",
        verbose_name=_("partner postal operator"),
        help_text=_("The postal operator of the other country."),
    )
    name = LineField(_("name"), max_length=160)
    name_zh = LineField(_("name in Chinese"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(
        _("counterpart"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1, _("Positions start at 1."))],
        help_text=_("Position of the stamp in this set that shows the same. Leave blank if there is none."),
    )
    denomination = models.DecimalField(
        _("face value"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the face value is unknown. It cannot be 0."))],
    )
    currency = LineField(
        _("currency"), max_length=30, blank=True, help_text=_("That of the partner: EUR, JPY or its name.")
    )
    rate_name = LineField(_("rate name"), max_length=60, blank=True, help_text=_("Instead of a face value."))
    issued_on = RangedDateField(
        _("date of issue"),
        null=True,
        blank=True,
        help_text=_("Only if it differs from that of this issue."),
        days=STAMP_DAYS,
        years_ahead=3,
    )
    image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    # When the partner appears or disappears by itself (services/due_partners.py).
    partner_changes_at = RangedDateTimeField(null=True, editable=False, db_index=True, days=PUBLICATION_DAYS)

    class Meta:
        verbose_name = _("partner’s stamp")
        verbose_name_plural = _("partners’ stamps")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "partner", "name"],
                name="partner_stamp_once",
                violation_error_message=_("This partner already has a stamp with this name."),
            ),
            models.CheckConstraint(
                condition=Q(denomination__isnull=True) | (Q(denomination__gt=0) & Q(rate_name="") & ~Q(currency="")),
                name="partner_stamp_denomination_has_currency",
                violation_error_message=_("Enter the currency of the face value, and no rate name beside it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.partner})"

    @property
    def display_name(self) -> str:
        return localized_text(self, "name")

    @property
    def other_script_name(self) -> str:
        return other_script_text(self, "name")

    @property
    def face_value_text(self) -> str:
        """Return “0.85 euros” or the rate name; "" if both are unknown."""
        return self.rate_name or format_money(self.denomination, self.currency)
