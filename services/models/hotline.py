import datetime as dt
import re
import zoneinfo
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PubliclyTimedQuerySet, Releasable
from postportal.web.date_fields import RangedDateField
from postportal.web.languages import localized_text
from services.models.hours_in_words import dates_in_words, week_in_words
from services.models.opening_hours import OpeningHours, is_open
from services.models.service import Service

# Written in the syntax that Python, SQLite and PostgreSQL share: the database checks them as well.
E164_FORMAT = r"\A\+[1-9][0-9]{6,14}\Z"
SHORT_CODE_FORMAT = r"\A[0-9]{3,12}\Z"
REGION_FORMAT = r"\A[A-Z]{2}\Z"

validate_e164 = RegexValidator(
    re.compile(E164_FORMAT),
    _("Enter the number in E.164 format: +, country code and digits without spaces, for example +861011185."),
)
validate_short_code = RegexValidator(re.compile(SHORT_CODE_FORMAT), _("Enter digits only, for example 11185."))


def validate_time_zone(name: str) -> None:
    """Raise ValidationError if the time zone database has no such name."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone. Enter a name such as Asia/Shanghai."))


class HotlineQuerySet(PubliclyTimedQuerySet):
    def in_service(self) -> Self:
        return self.filter(status=Hotline.Status.ACTIVE)

    def in_order(self) -> Self:
        return self.order_by("service__order", "order", "pk")

    def for_page_context(self) -> Self:
        """Load the few hotlines shown on every page, with their numbers."""
        return self.filter(is_on_every_page=True).select_related("service").prefetch_related("numbers").in_order()

    def for_lists(self) -> Self:
        return self.select_related("service__organization").prefetch_related("numbers", "opening_hours").in_order()


class Hotline(Releasable):
    """A telephone service for one purpose. Its numbers may change."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PLANNED = "planned", _("Planned")
        RETIRED = "retired", _("Retired")

    service = models.ForeignKey(Service, models.PROTECT, related_name="hotlines", verbose_name=_("service"))
    purpose = models.CharField(
        _("purpose"), max_length=120, help_text=_("What callers need, for example “Letters and parcels”.")
    )
    purpose_zh = models.CharField(_("purpose in Chinese"), max_length=60, blank=True)
    slug = models.SlugField(
        _("URL"), max_length=120, unique=True, help_text=_("Last part of the URL on the hotlines page, after “#”.")
    )
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.ACTIVE)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("For example “Lost cards: press 0.”"))
    note_zh = models.CharField(_("note in Chinese"), max_length=150, blank=True)
    languages = models.CharField(
        _("languages spoken"),
        max_length=120,
        blank=True,
        help_text=_("For example “Chinese and English”. Leave blank if unknown."),
    )
    languages_zh = models.CharField(_("languages spoken in Chinese"), max_length=60, blank=True)
    time_zone = models.CharField(
        _("time zone of the opening hours"), max_length=40, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    verified_on = RangedDateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("Date the number was last called and checked."),
        years_ahead=0,
    )
    is_on_every_page = models.BooleanField(_("show on every page"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    objects = HotlineQuerySet.as_manager()

    class Meta(Releasable.Meta):
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")

    def __str__(self) -> str:
        return localized_text(self, "purpose")

    def get_absolute_url(self) -> str:
        return f"{reverse('services:hotlines')}#{self.slug}"

    @property
    def main_number(self) -> "HotlineNumber | None":
        """Return the number to call from within the country, else the first."""
        numbers = list(self.numbers.all())
        domestic = (number for number in numbers if number.scope != HotlineNumber.Scope.ABROAD)
        return next(domestic, numbers[0] if numbers else None)

    @property
    def other_numbers(self) -> list["HotlineNumber"]:
        return [number for number in self.numbers.all() if number != self.main_number]

    @property
    def is_around_the_clock(self) -> bool:
        """Return True if all seven weekdays are entered as whole days."""
        whole_days = {row.weekday for row in self.opening_hours.all() if row.weekday is not None and row.is_whole_day}
        return whole_days == set(OpeningHours.Weekday.values)

    @property
    def week_in_words(self) -> list[str]:
        return week_in_words(self.opening_hours.all())

    def dates_in_words(self, *, at: dt.datetime) -> list[str]:
        """Return one line for each special date, or run of dates with the same hours, from the day of `at` on."""
        return dates_in_words(self.opening_hours.all(), since=self.local(at).date())

    def local(self, at: dt.datetime) -> dt.datetime:
        """Return `at` in the time zone of the hotline."""
        return at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    def is_open(self, at: dt.datetime) -> bool | None:
        """Return whether it is open at `at`; None if no opening hours are known."""
        return is_open(self.opening_hours.all(), self.local(at))


class HotlineNumber(models.Model):
    """One telephone number, for callers from one area.

    A short code works only within its country and has no area code; a number for callers from abroad is written in the
    international format (ITU-T E.164). Links follow RFC 3966."""

    class Scope(models.TextChoices):
        ANYWHERE = "anywhere", _("from anywhere")
        DOMESTIC = "domestic", _("within the country")
        ABROAD = "abroad", _("from abroad")

    hotline = models.ForeignKey(Hotline, models.CASCADE, related_name="numbers", verbose_name=_("hotline"))
    e164 = models.CharField(
        _("international number"),
        max_length=16,
        blank=True,
        validators=[validate_e164],
        help_text=_("For example +861011185."),
    )
    short_code = models.CharField(
        _("short code or national number"),
        max_length=12,
        blank=True,
        validators=[validate_short_code],
        help_text=_("For example 11185. It can only be dialled within the country."),
    )
    region = models.CharField(
        _("country of the short code"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(REGION_FORMAT, _("Enter two capital letters (ISO 3166), for example CN."))],
    )
    scope = models.CharField(_("callers"), max_length=8, choices=Scope.choices, default=Scope.DOMESTIC)
    as_printed = models.CharField(
        _("display format"), max_length=24, blank=True, help_text=_("With spaces, for example +86 10 11185.")
    )
    cost = models.CharField(
        _("cost"), max_length=120, blank=True, help_text=_("For example “Free of charge”. Leave blank if unknown.")
    )
    cost_zh = models.CharField(_("cost in Chinese"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(e164="") & Q(short_code="")) | (Q(e164="") & ~Q(short_code="")),
                name="hotline_number_one_form",
                violation_error_message=_("Enter either the international number or the short code."),
            ),
            models.CheckConstraint(
                condition=(Q(short_code="") & Q(region="")) | (~Q(short_code="") & ~Q(region="")),
                name="hotline_number_short_code_has_region",
                violation_error_message=_("Enter the country for a short code, and leave it blank for other numbers."),
            ),
            models.CheckConstraint(
                condition=Q(short_code="") | Q(scope="domestic"),
                name="hotline_number_short_code_is_domestic",
                violation_error_message=_("A short code cannot be dialled from abroad. Choose “within the country”."),
            ),
            models.CheckConstraint(
                condition=Q(e164="") | Q(e164__regex=E164_FORMAT),
                name="hotline_number_e164_format",
                violation_error_message=validate_e164.message,
            ),
            models.CheckConstraint(
                condition=Q(short_code="") | Q(short_code__regex=SHORT_CODE_FORMAT, region__regex=REGION_FORMAT),
                name="hotline_number_short_code_format",
                violation_error_message=validate_short_code.message,
            ),
            models.UniqueConstraint(
                fields=["hotline", "e164", "short_code"],
                name="hotline_number_once",
                violation_error_message=_("This hotline already has this number."),
            ),
        ]

    def __str__(self) -> str:
        return self.as_printed or self.e164 or self.short_code

    def clean(self) -> None:
        super().clean()
        if re.sub(r"[^\d+]", "", self.as_printed) not in ("", self.e164 or self.short_code):
            raise ValidationError({"as_printed": _("These digits do not match the number.")})

    @property
    def href(self) -> str:
        """Return the tel: URL (RFC 3966). A short code has no phone-context, which the RFC asks for in local numbers:
        no telephone understands it."""
        return f"tel:{self.e164 or self.short_code}"
