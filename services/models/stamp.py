import datetime as dt
import re
from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.images.models import Image
from postportal.web.languages import localized_text, other_script_text
from services.models.currencies import format_money
from services.models.stamp_issue import StampIssue

validate_wns_number = RegexValidator(
    re.compile(r"\A[A-Z]{2}[0-9]{3}\.[0-9]{2}\Z"),
    _("Enter the WNS number as two letters, three digits, a point and the year, for example CN016.26."),
)


class Stamp(models.Model):
    """One design in a stamp issue."""

    issue = models.ForeignKey(StampIssue, models.CASCADE, related_name="stamps", verbose_name=_("stamp issue"))
    position = models.PositiveSmallIntegerField(
        _("position in the set"),
        validators=[MinValueValidator(1, _("Positions start at 1."))],
        help_text=_("The 1 in (4-1)."),
    )
    name = models.CharField(_("name"), max_length=160)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    is_souvenir_sheet = models.BooleanField(_("souvenir sheet"), default=False)
    description = models.CharField(_("description"), max_length=500, blank=True)
    denomination = models.DecimalField(
        _("face value"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the face value is unknown. It cannot be 0."))],
    )
    rate_name = models.CharField(
        _("rate name"), max_length=60, blank=True, help_text=_("Instead of a face value, for example “Inland letter”.")
    )
    width_mm = models.DecimalField(_("width, mm"), max_digits=5, decimal_places=1, null=True, blank=True)
    height_mm = models.DecimalField(_("height, mm"), max_digits=5, decimal_places=1, null=True, blank=True)
    perforation_horizontal = models.DecimalField(
        _("perforation, horizontal"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    perforation_vertical = models.DecimalField(
        _("perforation, vertical"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    wns_number = models.CharField(
        _("WNS number"),
        max_length=8,
        blank=True,
        validators=[validate_wns_number],
        help_text=_("Number in the WADP Numbering System, for example CN016.26."),
    )
    print_run = models.PositiveIntegerField(_("print run"), null=True, blank=True)
    image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture"))

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "position"],
                name="stamp_position_unique",
                violation_error_message=_("Another stamp already has this position in the set."),
            ),
            models.UniqueConstraint(
                fields=["wns_number"],
                condition=~Q(wns_number=""),
                name="stamp_wns_unique",
                violation_error_message=_("Another stamp already has this WNS number."),
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="stamp_position_from_one",
                violation_error_message=_("Positions start at 1."),
            ),
            models.CheckConstraint(
                condition=Q(print_run__isnull=True) | Q(print_run__gt=0),
                name="stamp_print_run_not_zero",
                violation_error_message=_("Leave blank if the print run is unknown. It cannot be 0."),
            ),
            models.CheckConstraint(
                condition=Q(denomination__isnull=True) | Q(denomination__gt=0),
                name="stamp_denomination_not_zero",
                violation_error_message=_("Leave blank if the face value is unknown. It cannot be 0."),
            ),
            models.CheckConstraint(
                condition=Q(denomination__isnull=True) | Q(rate_name=""),
                name="stamp_denomination_or_rate",
                violation_error_message=_("Enter a face value or a rate name, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.display_name}"

    def get_absolute_url(self) -> str:
        return reverse("services:stamp", args=[self.issue.slug, self.position])

    def has_page(self, at: dt.datetime) -> bool:
        return self.issue.has_page(at)

    @property
    def display_name(self) -> str:
        return localized_text(self, "name")

    @property
    def other_script_name(self) -> str:
        return other_script_text(self, "name")

    @property
    def size(self) -> str:
        if not (self.width_mm and self.height_mm):
            return ""
        return f"{_format_decimal(self.width_mm)} × {_format_decimal(self.height_mm)} mm"

    @property
    def perforation(self) -> str:
        """Return “13”, or “13 × 12.5” if the sides differ; "" if it is unknown."""
        sides = [self.perforation_horizontal, self.perforation_vertical]
        known = dict.fromkeys(_format_decimal(side) for side in sides if side)
        return " × ".join(known)

    @property
    def set_position(self) -> str:
        """Return “4-1” for the first of four stamps, as printed on them; "" for a souvenir sheet."""
        if self.is_souvenir_sheet:
            return ""
        return f"{self.issue.stamp_count}-{self.position}" if self.issue.stamp_count else str(self.position)

    @property
    def face_value_text(self) -> str:
        """Return “1.20 yuan” or the rate name; "" if both are unknown."""
        return self.rate_name or format_money(self.denomination, self.issue.currency)


def _format_decimal(value: Decimal) -> str:
    """Format without trailing zeros: 40.0 → 40, 12.50 → 12.5."""
    return f"{value.normalize():f}"
