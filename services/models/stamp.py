import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.images.models import Image
from postportal.text.fields import FoldedField, LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import STAMP_DAYS
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text, other_script_text
from services.models.currencies import format_money
from services.models.perforations import PerforationKind, perforation_text, tidy_gauge
from services.models.stamp_issue import StampIssue
from services.models.stamp_positions import has_position

validate_wns_number = RegexValidator(
    re.compile(r"\A[A-Z]{2}[0-9]{3}\.[0-9]{2}\Z"),
    _("Enter the WNS number as two letters, three digits, a point and the year, for example CN016.26."),
)


class Stamp(models.Model):
    """One design in a stamp issue."""

    issue = models.ForeignKey(
        StampIssue, models.CASCADE, related_name="stamps", verbose_name=_("stamp issue"), db_index=False
    )
    position = models.PositiveSmallIntegerField(
        _("position in the set"),
        validators=[MinValueValidator(1, _("Positions start at 1."))],
        help_text=_("The 1 in (4-1)."),
    )
    name = LineField(_("name"), max_length=160)
    name_zh = LineField(_("name in Chinese"), max_length=80, blank=True)
    folded_name = FoldedField(of="name", db_index=False)
    folded_name_zh = FoldedField(of="name_zh", db_index=False)
    is_souvenir_sheet = models.BooleanField(_("souvenir sheet"), default=False)
    description = LineField(_("description"), max_length=500, blank=True)
    denomination = models.DecimalField(
        _("face value"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the face value is unknown. It cannot be 0."))],
    )
    currency = LineField(
        _("currency"), max_length=30, blank=True, help_text=_("Only if it differs from that of the issue.")
    )
    rate_name = LineField(
        _("rate name"), max_length=60, blank=True, help_text=_("Instead of a face value, for example “Inland letter”.")
    )
    width_mm = models.DecimalField(_("width, mm"), max_digits=5, decimal_places=1, null=True, blank=True)
    height_mm = models.DecimalField(_("height, mm"), max_digits=5, decimal_places=1, null=True, blank=True)
    perforation_kind = models.CharField(
        _("kind of perforation"), max_length=11, choices=PerforationKind.choices, blank=True
    )
    gauge = LineField(_("gauge"), max_length=40, blank=True, help_text=_("For example 13 or 13½ × 13."))
    colours = LineField(_("colours"), max_length=120, blank=True)
    mark = LineField(
        _("mark"), max_length=20, blank=True, help_text=_("As printed on the stamp if unusual, for example (4-1)T.")
    )
    se_tenant = LineField(
        _("se-tenant group"), max_length=4, blank=True, help_text=_("The same letter for stamps printed together.")
    )
    variety = LineField(
        _("variety"), max_length=200, blank=True, help_text=_("Overprint, error or other form of another stamp.")
    )
    variety_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="varieties",
        verbose_name=_("variety of"),
        help_text=_("The stamp that was overprinted, reprinted or misprinted. Both pages link to each other."),
    )
    issued_on = RangedDateField(
        _("own date of issue"),
        null=True,
        blank=True,
        help_text=_("Only if it differs from that of the issue."),
        days=STAMP_DAYS,
        years_ahead=3,
    )
    wns_number = LineField(
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
                condition=Q(variety_of__isnull=True) | ~Q(variety_of=F("id")),
                name="stamp_no_variety_of_itself",
                violation_error_message=_("A stamp cannot be a variety of itself."),
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
                condition=~Q(perforation_kind=PerforationKind.IMPERFORATE) | Q(gauge=""),
                name="stamp_imperforate_without_gauge",
                violation_error_message=_("An imperforate stamp has no gauge."),
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
        return kept_url("services:stamp", self.issue.slug, self.position)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.gauge = tidy_gauge(self.gauge)
        super().save(*args, **kwargs)

    def has_page(self, at: dt.datetime) -> bool:
        return self.issue.has_page(at)

    def linked_varieties(self, at: dt.datetime) -> list["Stamp"]:
        """Return the stamp that this one is a variety of, and its own varieties, if they have a public page."""
        issues = StampIssue.objects.reachable(at)
        rows = Stamp.objects.filter(Q(pk=self.variety_of_id) | Q(variety_of=self.pk), issue__in=issues)
        return list(rows.select_related("issue").order_by("issue__issued_on", "issue", "position"))

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
        """Return “13½ × 13”, “Die-cut” or “Imperforate”; "" if it is unknown."""
        return perforation_text(self.perforation_kind, self.gauge)

    @property
    def catalogue_references(self) -> list[Any]:
        """Return the catalogue numbers of this stamp, from those of its issue."""
        return [row for row in self.issue.catalogue_references.all() if has_position(row.positions, self.position)]

    @property
    def makers(self) -> list[Any]:
        """Return the credits of this stamp, from those of its issue."""
        return [row for row in self.issue.credits.all() if has_position(row.positions, self.position)]

    @property
    def set_position(self) -> str:
        """Return “4-1” for the first of four stamps, as printed on them, or their own mark; "" for a souvenir sheet."""
        if self.mark:
            return self.mark
        if self.is_souvenir_sheet:
            return ""
        return f"{self.issue.stamp_count}-{self.position}" if self.issue.stamp_count else str(self.position)

    @property
    def face_value_text(self) -> str:
        """Return “1.20 yuan” or the rate name; "" if both are unknown."""
        return self.rate_name or format_money(self.denomination, self.currency or self.issue.currency)


def _format_decimal(value: Decimal) -> str:
    """Format without trailing zeros: 40.0 → 40, 12.50 → 12.5."""
    return f"{value.normalize():f}"
