import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from news.models import Organization
from postportal.images.models import Image
from postportal.publishing.models import PubliclyTimedQuerySet, Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import STAMP_DAYS
from postportal.web.languages import localized_text, other_script_text
from services.models import programme_order
from services.models.currencies import Currency, format_money
from services.models.sale_status import SaleStatus
from services.models.sets_in_words import set_in_words

# URLs of the programme pages, which no issue may have.
PROGRAMME_SLUG = re.compile(r"[0-9]{4}\Z|year-not-known\Z")


class StampIssueQuerySet(PubliclyTimedQuerySet):
    def of_year(self, year: int | None) -> Self:
        """Keep the issues of a year; for None, those without a known year."""
        return self.of_years([year])

    def of_years(self, years: list[int | None]) -> Self:
        known = Q(year__in=[year for year in years if year is not None])
        return self.filter(known | Q(year__isnull=True) if None in years else known)

    def counts_by_year(self) -> dict[int | None, int]:
        """Return the number of issues by year, newest year first, unknown year last."""
        return dict(self.values_list("year").annotate(Count("pk")).order_by(F("year").desc(nulls_last=True)))

    def in_programme_order(self) -> Self:
        """Order by year, then date of issue, then serial number, unknown values last."""
        return self.order_by(*programme_order.ascending_order())

    def neighbours_of(self, issue: "StampIssue") -> dict[str, "StampIssue"]:
        """Return the issues next to it in programme order as "previous_issue" and "next_issue", if there are any."""
        return programme_order.neighbours(self.for_lists(), issue)

    def newest_first(self) -> Self:
        return self.order_by(F("issued_on").desc(nulls_last=True), F("number").desc(nulls_last=True), "-pk")

    def latest_published_first(self) -> Self:
        """Order by publication, newest first, whatever the date of issue."""
        return self.order_by("-publish_at", "-pk")

    def for_lists(self) -> Self:
        return self.select_related("lead_image").defer("body", "body_text", "where_to_buy")


class StampIssue(Publishable):
    """Stamps issued together. Unknown values are null, never 0."""

    class Kind(models.TextChoices):
        COMMEMORATIVE = "commemorative", _("Commemorative")
        SPECIAL = "special", _("Special")
        DEFINITIVE = "definitive", _("Definitive")
        PERSONALISED = "personalised", _("Personalised")
        NEW_YEAR = "new-year", _("New Year")
        OTHER = "other", _("Other")

    child_relations = ("stamps", "products", "credits", "catalogue_references")

    title = models.CharField(_("title"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=100, blank=True)
    slug = models.SlugField(
        _("URL"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Last part of the page URL. Leave blank to create it from the serial number or the title."),
    )
    kind = models.CharField(_("type"), max_length=14, choices=Kind.choices, blank=True)
    series = models.CharField(
        _("series"),
        max_length=10,
        blank=True,
        help_text=_("Letter before the serial number, for example “T”. Leave blank for the main series."),
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Leave blank if unknown."))
    number = models.PositiveSmallIntegerField(
        _("number in the year"), null=True, blank=True, help_text=_("The 4 in 2016-4. Leave blank if unknown.")
    )
    issuer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="stamp_issues", verbose_name=_("issued by")
    )
    partners = models.ManyToManyField(
        Organization, blank=True, related_name="joint_issues", verbose_name=_("partner postal operators")
    )
    standfirst = models.TextField(_("standfirst"), max_length=500, blank=True)
    body = RichTextField(_("about the issue"), blank=True)
    body_text = models.TextField(editable=False, blank=True)
    where_to_buy = RichTextField(_("where to buy"), blank=True)
    lead_image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    designs_shown_on = RangedDateField(_("designs revealed on"), null=True, blank=True, days=STAMP_DAYS, years_ahead=2)
    issued_on = RangedDateField(
        _("date of issue"),
        null=True,
        blank=True,
        help_text=_("Leave blank if unknown."),
        days=STAMP_DAYS,
        years_ahead=3,
    )
    sale_until = RangedDateField(_("on sale until"), null=True, blank=True, days=STAMP_DAYS, is_end=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    first_day_places = models.CharField(_("first day postmark offices"), max_length=200, blank=True)
    stamp_count = models.PositiveSmallIntegerField(
        _("stamps in the set"), null=True, blank=True, help_text=_("The 2 in “2+1”. Leave blank if unknown.")
    )
    souvenir_sheet_count = models.PositiveSmallIntegerField(
        _("souvenir sheets"), null=True, blank=True, help_text=_("The 1 in “2+1”. Leave blank if unknown.")
    )
    face_value = models.DecimalField(
        _("face value of the set"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("Leave blank if the face value is unknown. It cannot be 0."))],
        help_text=_("Stated value of the whole set. Leave blank if unknown."),
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.CNY)
    size = models.CharField(_("size of stamp"), max_length=120, blank=True, help_text=_("For example 40 × 30 mm."))
    perforation = models.CharField(
        _("perforation"), max_length=60, blank=True, help_text=_("For example 13 or 13 × 12.5.")
    )
    process = models.CharField(_("printing process"), max_length=120, blank=True)
    sheet_composition = models.CharField(
        _("sheet composition"),
        max_length=160,
        blank=True,
        help_text=_("For example 20 for layout Ⅰ and 8 for layout Ⅱ."),
    )
    print_run = models.PositiveIntegerField(_("print run, sets"), null=True, blank=True)
    tags = TaggableManager(_("themes"), blank=True, related_name="stamp_issues")

    objects = StampIssueQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("stamp issue")
        verbose_name_plural = _("stamp issues")
        permissions = [
            ("publish_stampissue", _("Can review, publish and schedule stamp issues")),
            ("control_stampissue", _("Can withdraw stamp issues, publish them without review and lift embargoes")),
        ]
        indexes = [
            models.Index(fields=["state", "year", "issued_on", "number", "id"], name="stamp_issue_programme"),
            models.Index(fields=["state", "-publish_at", "-id"], name="stamp_issue_feed"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["series", "year", "number"],
                condition=Q(year__isnull=False, number__isnull=False),
                name="stamp_issue_serial_unique",
                violation_error_message=_("Another issue already has this serial number."),
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(year__isnull=False, number__gte=1),
                name="stamp_issue_number_has_year",
                violation_error_message=_("Enter a serial number with its year, for example 2016-4."),
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=(STAMP_DAYS.first.year, STAMP_DAYS.last.year)),
                name="stamp_issue_year_is_plausible",
                violation_error_message=_("Enter a year from 1840 to 2999."),
            ),
            models.CheckConstraint(
                condition=Q(face_value__isnull=True) | Q(face_value__gt=0),
                name="stamp_issue_face_value_not_zero",
                violation_error_message=_("Leave blank if the face value is unknown. It cannot be 0."),
            ),
            models.CheckConstraint(
                condition=Q(stamp_count__isnull=True)
                | Q(stamp_count__gte=1)
                # A comparison with null is neither true nor false, and a check lets it pass.
                | Q(souvenir_sheet_count__isnull=False, souvenir_sheet_count__gte=1),
                name="stamp_issue_count_not_zero",
                violation_error_message=_("Leave blank if the number of stamps is unknown. It cannot be 0."),
            ),
            models.CheckConstraint(
                condition=Q(print_run__isnull=True) | Q(print_run__gt=0),
                name="stamp_issue_print_run_not_zero",
                violation_error_message=_("Leave blank if the print run is unknown. It cannot be 0."),
            ),
            models.CheckConstraint(
                condition=Q(sale_until__isnull=True) | Q(issued_on__isnull=True) | Q(sale_until__gte=F("issued_on")),
                name="stamp_issue_sale_ends_after_issue",
                violation_error_message=_("The sale cannot end before the date of issue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial} {self.display_title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("services:stamp_issue", args=[self.slug])

    def get_programme_url(self) -> str:
        """Return the URL of the programme that lists the issue."""
        return reverse("services:stamp_year", args=[self.year]) if self.year else reverse("services:stamp_year_unknown")

    def clean(self) -> None:
        super().clean()
        self.set_year()
        self.set_slug()
        if PROGRAMME_SLUG.match(self.slug):
            raise ValidationError({"slug": _("This URL is reserved for a year of the stamp programme.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_year()
        self.set_slug()
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def set_slug(self) -> None:
        if not self.slug:
            slug = slugify(self.serial) or slugify(self.title)[:110].strip("-_") or uuid.uuid4().hex[:12]
            self.slug = f"issue-{slug}" if PROGRAMME_SLUG.match(slug) else slug

    def set_year(self) -> None:
        """Take the year from the date of issue if there is no serial number."""
        if self.issued_on and self.number is None:
            self.year = self.issued_on.year

    def fill_placeholders(self) -> None:
        self.title = self.title or str(_("(no title yet)"))

    @property
    def display_title(self) -> str:
        return localized_text(self, "title")

    @property
    def other_script_title(self) -> str:
        """Return the title in the other script; "" if there is none."""
        return other_script_text(self, "title")

    @property
    def serial(self) -> str:
        """Return the serial number as collectors write it, “2016-4” or “T2016-4”; "" if it is unknown."""
        return f"{self.series}{self.year}-{self.number}" if self.year and self.number else ""

    @property
    def composition(self) -> str:
        """Return “4”, or “2+1” for two stamps and a souvenir sheet; "" if it is unknown."""
        if not self.stamp_count:
            return ""
        return f"{self.stamp_count}+{self.souvenir_sheet_count}" if self.souvenir_sheet_count else str(self.stamp_count)

    @property
    def composition_in_words(self) -> str:
        """Return “two stamps and a souvenir sheet”; "" if it is unknown."""
        return set_in_words(self.stamp_count, self.souvenir_sheet_count)

    @property
    def face_value_text(self) -> str:
        """Return the stated face value of the set, “8.40 yuan”; "" if it is unknown."""
        return format_money(self.face_value, self.currency)

    @property
    def kind_label(self) -> str:
        """Return “Special issue”; “Stamp issue” if the type is unknown or “other”."""
        if self.kind in ("", self.Kind.OTHER):
            return str(_("Stamp issue"))
        return str(_("%(kind)s issue") % {"kind": self.get_kind_display()})

    def sale_status(self, day: dt.date) -> str:
        """Return the `SaleStatus` on `day`, derived from the dates; "" if it is unknown."""
        if self.is_cancelled:
            return SaleStatus.CANCELLED
        if self.is_issued_on(day):
            if self.sale_until is None:
                return SaleStatus.ISSUED
            return SaleStatus.ON_SALE if day <= self.sale_until else SaleStatus.OFF_SALE
        if self.designs_shown_on and self.designs_shown_on <= day:
            return SaleStatus.DESIGNS_SHOWN
        return SaleStatus.ANNOUNCED if self.issued_on or self.year else ""

    def is_issued_on(self, day: dt.date) -> bool:
        """Return True from the date of issue on; if that is unknown, once the year is over."""
        return self.issued_on <= day if self.issued_on else self.year is not None and self.year < day.year

    def is_upcoming(self, day: dt.date) -> bool:
        return self.sale_status(day) in (SaleStatus.ANNOUNCED, SaleStatus.DESIGNS_SHOWN)
