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
from postportal.web.languages import localized_text
from services.models.hours_in_words import dates_in_words, week_in_words
from services.models.opening_hours import OpeningHours, is_open
from services.models.service import Service

# Written so that Python, SQLite and PostgreSQL read them alike: the database checks the same.
E164_FORMAT = r"\A\+[1-9][0-9]{6,14}\Z"
SHORT_CODE_FORMAT = r"\A[0-9]{3,12}\Z"
REGION_FORMAT = r"\A[A-Z]{2}\Z"

validate_e164 = RegexValidator(
    re.compile(E164_FORMAT),
    _("Write the number as + and digits, with country code and without spaces: +861011185 (E.164)."),
)
validate_short_code = RegexValidator(
    re.compile(SHORT_CODE_FORMAT), _("A short code or national number has digits only: 11185.")
)


def validate_time_zone(name: str) -> None:
    """Raise ValidationError for a name that is not in the time zone database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone. Write it as Asia/Shanghai."))


class HotlineQuerySet(PubliclyTimedQuerySet):
    def in_service(self) -> Self:
        return self.filter(status=Hotline.Status.ACTIVE)

    def in_order(self) -> Self:
        return self.order_by("service__order", "order", "pk")

    def for_page_context(self) -> Self:
        """The few that stand on every page, with their numbers."""
        return self.filter(is_on_every_page=True).select_related("service").prefetch_related("numbers").in_order()

    def for_lists(self) -> Self:
        return self.select_related("service__organization").prefetch_related("numbers", "opening_hours").in_order()


class Hotline(Releasable):
    """A telephone service with a purpose, whatever its numbers are today."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PLANNED = "planned", _("Planned")
        RETIRED = "retired", _("Retired")

    service = models.ForeignKey(Service, models.PROTECT, related_name="hotlines", verbose_name=_("service"))
    purpose = models.CharField(
        _("what for"), max_length=120, help_text=_("What the caller needs: “Letters and parcels”.")
    )
    purpose_zh = models.CharField(_("what for, in Chinese"), max_length=60, blank=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.ACTIVE)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("“Lost cards: press 0.”"))
    note_zh = models.CharField(_("note in Chinese"), max_length=150, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=120, blank=True, help_text=_("“Chinese and English”. Empty: not known.")
    )
    languages_zh = models.CharField(_("languages spoken, in Chinese"), max_length=60, blank=True)
    time_zone = models.CharField(
        _("time zone of the hours"), max_length=40, default="Asia/Shanghai", validators=[validate_time_zone]
    )
    verified_on = models.DateField(
        _("last verified"),
        null=True,
        blank=True,
        help_text=_("When somebody last called and checked what stands here."),
    )
    is_on_every_page = models.BooleanField(_("on every page"), default=False)
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
        """The number to call from inside the country, else the first."""
        numbers = list(self.numbers.all())
        domestic = (number for number in numbers if number.scope != HotlineNumber.Scope.ABROAD)
        return next(domestic, numbers[0] if numbers else None)

    @property
    def other_numbers(self) -> list["HotlineNumber"]:
        return [number for number in self.numbers.all() if number != self.main_number]

    @property
    def is_around_the_clock(self) -> bool:
        """True where every day of the week is stated as the whole day."""
        whole = {row.weekday for row in self.opening_hours.all() if row.weekday is not None and row.is_whole_day}
        return whole == set(OpeningHours.Weekday.values)

    @property
    def week_in_words(self) -> list[str]:
        return week_in_words(self.opening_hours.all())

    def dates_in_words(self, *, at: dt.datetime) -> list[str]:
        """The special dates from the day of `at` on, one line for each or for a row of them."""
        return dates_in_words(self.opening_hours.all(), since=self.local(at).date())

    def local(self, at: dt.datetime) -> dt.datetime:
        """The moment `at` as the clock of the hotline shows it."""
        return at.astimezone(zoneinfo.ZoneInfo(self.time_zone))

    def is_open(self, at: dt.datetime) -> bool | None:
        """True or False at the moment `at`; None where no hours are known."""
        return is_open(self.opening_hours.all(), self.local(at))


class HotlineNumber(models.Model):
    """One number, as callers of one kind must dial it.

    A short code works only inside its country and has no form with an area code; a number for callers from abroad is
    written in the international form (ITU-T E.164). Links follow RFC 3966."""

    class Scope(models.TextChoices):
        ANYWHERE = "anywhere", _("from anywhere")
        DOMESTIC = "domestic", _("inside the country")
        ABROAD = "abroad", _("from abroad")

    hotline = models.ForeignKey(Hotline, models.CASCADE, related_name="numbers", verbose_name=_("hotline"))
    e164 = models.CharField(
        _("international number"), max_length=16, blank=True, validators=[validate_e164], help_text=_("+861011185")
    )
    short_code = models.CharField(
        _("short code or national number"),
        max_length=12,
        blank=True,
        validators=[validate_short_code],
        help_text=_("11185: can be dialled only inside the country."),
    )
    region = models.CharField(
        _("country of the short code"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(REGION_FORMAT, _("Two capital letters (ISO 3166): CN."))],
    )
    scope = models.CharField(_("for callers"), max_length=8, choices=Scope.choices, default=Scope.DOMESTIC)
    as_printed = models.CharField(
        _("as printed"), max_length=24, blank=True, help_text=_("With spaces, as people read it: +86 10 11185.")
    )
    cost = models.CharField(_("cost"), max_length=120, blank=True, help_text=_("“Free of charge”. Empty: not known."))
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
                violation_error_message=_("Give either the international number or the short code."),
            ),
            models.CheckConstraint(
                condition=(Q(short_code="") & Q(region="")) | (~Q(short_code="") & ~Q(region="")),
                name="hotline_number_short_code_has_region",
                violation_error_message=_("A short code needs the country it works in, other numbers do not."),
            ),
            models.CheckConstraint(
                condition=Q(short_code="") | Q(scope="domestic"),
                name="hotline_number_short_code_is_domestic",
                violation_error_message=_("A short code cannot be dialled from abroad: choose “inside the country”."),
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
            raise ValidationError({"as_printed": _("These are not the digits of the number itself.")})

    @property
    def href(self) -> str:
        """The address that makes a telephone dial (RFC 3966). A short code is dialled as it is: no telephone knows the
        phone-context that the RFC would add to a local number."""
        return f"tel:{self.e164 or self.short_code}"
