import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from news.models import Organization
from news.models.partial_dates import Precision, first_day_after, format_partial_date, partial_iso_date
from postportal.images.models import Image
from postportal.publishing.models import Publishable
from postportal.richtext.fields import RichTextField
from postportal.richtext.plain_text import plain_text
from postportal.tags.manager import FoldingTagManager
from postportal.text.fields import FoldedField, LineField, LinesField
from postportal.web.date_fields import RangedDateField
from postportal.web.date_ranges import STAMP_DAYS
from postportal.web.kept_urls import kept_url
from postportal.web.languages import localized_text, other_script_text
from postportal.web.slug_fields import SlugField
from postportal.web.slugged import Slugged
from services.models.currencies import CURRENCY_HELP, Currency, format_money
from services.models.errata import errata_between
from services.models.sale_status import SaleStatus
from services.models.serials import RUNNING_NUMBERINGS, Numbering, serial_spellings, serial_text
from services.models.sets_in_words import set_in_words
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.models.stamp_issue_rules import STAMP_ISSUE_RULES


class StampIssue(Slugged, Publishable):
    """Stamps issued together. Unknown values are null, never 0."""

    class Kind(models.TextChoices):
        COMMEMORATIVE = "commemorative", _("Commemorative")
        SPECIAL = "special", _("Special")
        DEFINITIVE = "definitive", _("Definitive")
        PERSONALISED = "personalised", _("Personalised")
        NEW_YEAR = "new-year", _("New Year")
        OTHER = "other", _("Other")

    class Adhesive(models.TextChoices):
        GUMMED = "gummed", _("Gummed")
        SELF_ADHESIVE = "self-adhesive", _("Self-adhesive")
        NONE = "none", _("Without gum")

    # Catalogue numbers, days and the number in the programme are those of one issue.
    not_copied = (
        *("number", "designs_shown_on", "issued_on", "sale_until", "is_cancelled"),
        "catalogue_references",
    )
    child_relations = (
        *("stamps", "partner_stamps", "products", "credits", "catalogue_references", "attached_documents"),
    )
    pictures_shown_from = "designs_shown_on"
    slug_kind = "issue"
    page_view = "services:stamp_issue"
    slug_reserved_message = _("This URL is reserved for a year of the stamp programme.")

    title = LineField(_("title"), max_length=200)
    title_zh = LineField(_("title in Chinese"), max_length=100, blank=True)
    folded_title = FoldedField(of="title", db_index=False)
    folded_title_zh = FoldedField(of="title_zh", db_index=False)
    slug = SlugField(
        _("URL"),
        unique=True,
        help_text=_("Last part of the page URL. Leave blank to create it from the serial number or the title."),
    )
    kind = models.CharField(_("type"), max_length=14, choices=Kind.choices, blank=True)
    series = LineField(
        _("series"),
        max_length=10,
        blank=True,
        help_text=_("Letter of the serial number, for example “T”. Leave blank for the main series."),
    )
    numbering = models.CharField(
        _("numbering"),
        max_length=11,
        choices=Numbering.choices,
        default=Numbering.YEARLY,
        help_text=_("How the serial number is printed. It is found in all other spellings, too."),
    )
    serial = LineField(max_length=40, blank=True, editable=False)
    # One in each line, in lower case.
    serial_spellings = models.TextField(blank=True, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Leave blank if unknown."))
    number = models.PositiveSmallIntegerField(
        _("number in the series"), null=True, blank=True, help_text=_("The 4 in 2016-4. Leave blank if unknown.")
    )
    issuer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="stamp_issues", verbose_name=_("issued by")
    )
    partners = models.ManyToManyField(
        Organization, blank=True, related_name="joint_issues", verbose_name=_("partner postal operators")
    )
    standfirst = LinesField(_("standfirst"), max_length=500, blank=True)
    body = RichTextField(_("about the issue"), blank=True)
    body_text = models.TextField(editable=False, blank=True)
    where_to_buy = RichTextField(_("where to buy"), blank=True)
    lead_image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    designs_shown_on = RangedDateField(
        _("designs revealed on"),
        null=True,
        blank=True,
        help_text=_(
            "All pictures of the issue are hidden from readers until this day. Leave blank to show them at once."
        ),
        days=STAMP_DAYS,
        years_ahead=2,
    )
    issued_on = RangedDateField(
        _("date of issue"),
        null=True,
        blank=True,
        help_text=_("Leave blank if unknown."),
        days=STAMP_DAYS,
        years_ahead=3,
    )
    issued_precision = models.CharField(
        _("date of issue is known"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    sale_until = RangedDateField(_("on sale until"), null=True, blank=True, days=STAMP_DAYS, is_end=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)
    first_day_places = LineField(_("first day postmark offices"), max_length=200, blank=True)
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
    currency = LineField(_("currency"), max_length=30, default=Currency.CNY, help_text=CURRENCY_HELP)
    size = LineField(_("size of stamp"), max_length=120, blank=True, help_text=_("For example 40 × 30 mm."))
    perforation = LineField(_("perforation"), max_length=60, blank=True, help_text=_("For example 13 or 13 × 12.5."))
    process = LineField(_("printing process"), max_length=120, blank=True)
    folded_process = FoldedField(of="process", db_index=False)
    adhesive = models.CharField(_("adhesive"), max_length=13, choices=Adhesive.choices, blank=True)
    paper = LineField(_("paper"), max_length=120, blank=True, help_text=_("With its watermark, if it has one."))
    colours = LineField(_("colours"), max_length=120, blank=True)
    security_features = LineField(
        _("security features"), max_length=200, blank=True, help_text=_("For example fluorescent ink or phosphor bars.")
    )
    sheet_composition = LineField(
        _("sheet composition"),
        max_length=160,
        blank=True,
        help_text=_("For example 20 for layout Ⅰ and 8 for layout Ⅱ."),
    )
    print_run = models.PositiveIntegerField(_("print run, sets"), null=True, blank=True)
    warning_count = models.PositiveSmallIntegerField(default=0, editable=False)
    tags = TaggableManager(_("themes"), blank=True, related_name="stamp_issues", manager=FoldingTagManager)

    objects = StampIssueQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("stamp issue")
        verbose_name_plural = _("stamp issues")
        permissions = [
            ("publish_stampissue", _("Can review, publish and schedule stamp issues")),
            ("control_stampissue", _("Can withdraw stamp issues, publish them without review and lift embargoes")),
        ]
        indexes = [
            models.Index(fields=["state", "year", "issued_on", "series", "number", "id"], name="stamp_issue_programme"),
            models.Index(fields=["state", "-publish_at", "-id"], name="stamp_issue_feed"),
        ]
        constraints = [*Publishable.Meta.constraints, *STAMP_ISSUE_RULES]

    def __str__(self) -> str:
        return f"{self.serial} {self.display_title}".strip()

    def get_absolute_url(self) -> str:
        return kept_url("services:stamp_issue", self.slug)

    def get_programme_url(self) -> str:
        """Return the URL of the programme that lists the issue."""
        return kept_url("services:stamp_year", self.year) if self.year else reverse("services:stamp_year_unknown")

    def clean(self) -> None:
        self.set_year()
        self.set_serial()
        super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_year()
        self.set_serial()
        self.body_text = plain_text(self.body)
        super().save(*args, **kwargs)

    def slug_texts(self) -> list[str]:
        return [self.serial, self.title, self.title_zh]

    def set_year(self) -> None:
        """Take the year from the date of issue if it is no part of the serial number."""
        is_running = self.numbering in RUNNING_NUMBERINGS
        if self.issued_on and (is_running or (self.number is None and not serial_text(**self._serial_parts))):
            self.year = self.issued_on.year

    def set_serial(self) -> None:
        spellings = serial_spellings(**self._serial_parts)
        self.serial = spellings[0] if spellings else ""
        self.serial_spellings = "\n".join(spellings).lower()

    def fill_placeholders(self) -> None:
        self.title = self.title or str(_("(no title yet)"))

    errata_between = staticmethod(errata_between)

    @property
    def display_title(self) -> str:
        return localized_text(self, "title")

    @property
    def other_script_title(self) -> str:
        """Return the title in the other script; "" if there is none."""
        return other_script_text(self, "title")

    @property
    def _serial_parts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("numbering", "series", "year", "number")}

    @property
    def issued_text(self) -> str:
        """Return the date of issue as exactly as it is known: a day, a month or a year; "" if it is unknown. The year
        in a serial number is that of the programme."""
        if self.issued_on:
            return format_partial_date(self.issued_on, self.issued_precision)
        return str(self.year) if self.year and not self.serial else ""

    @property
    def issued_iso(self) -> str:
        """Return `issued_text` in ISO 8601."""
        return partial_iso_date(self.issued_on, self.issued_precision) or self.issued_text

    @property
    def first_day(self) -> dt.date | None:
        """Return the date on the first day postmark; None if it is unknown or the issue is cancelled."""
        return self.issued_on if self.issued_precision == Precision.DAY and not self.is_cancelled else None

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
        """Return True from the date of issue on; if the day is unknown, once the month or the year is over."""
        if not self.issued_on:
            return self.year is not None and self.year < day.year
        if self.issued_precision == Precision.DAY:
            return self.issued_on <= day
        following = first_day_after(self.issued_on, self.issued_precision)
        return following is not None and following <= day

    def is_upcoming(self, day: dt.date) -> bool:
        return self.sale_status(day) in (SaleStatus.ANNOUNCED, SaleStatus.DESIGNS_SHOWN)
