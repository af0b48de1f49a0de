import datetime as dt
import re
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.text_conditions import CAPITALS, DIGITS, after, begins_with, has_length, has_only
from services.models.phone_numbers import is_country, why_only_at_home, works_only_at_home

# The constraints of HotlineNumber say the same in terms that both databases have.
E164_FORMAT = r"\A\+[1-9][0-9]{6,14}\Z"
SHORT_CODE_FORMAT = r"\A[0-9]{3,12}\Z"
REGION_FORMAT = r"\A[A-Z]{2}\Z"
EXTENSION_FORMAT = r"\A[0-9]{1,8}\Z"

validate_e164 = RegexValidator(
    re.compile(E164_FORMAT),
    _("Enter the number in E.164 format: +, country code and digits without spaces, for example +861011185."),
)
validate_short_code = RegexValidator(re.compile(SHORT_CODE_FORMAT), _("Enter digits only, for example 11185."))


def validate_country(code: str) -> None:
    """Raise ValidationError if there are no telephone numbers of a country with this code."""
    if not is_country(code):
        raise ValidationError(_("No country has this code. Enter two letters such as CN."))


def valid_on(day: dt.date, *, prefix: str = "") -> Q:
    """Return the condition for numbers that can be called on this day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day}))


class HotlineNumberQuerySet(models.QuerySet["HotlineNumber"]):
    def on(self, day: dt.date) -> Self:
        return self.filter(valid_on(day))


class HotlineNumber(models.Model):
    """One telephone number, for callers from one area and from a first to a last day.

    A short code works only within its country and has no area code; a number for callers from abroad is written in the
    international format (ITU-T E.164). Links follow RFC 3966."""

    class Scope(models.TextChoices):
        ANYWHERE = "anywhere", _("from anywhere")
        DOMESTIC = "domestic", _("within the country")
        ABROAD = "abroad", _("from abroad")

    hotline = models.ForeignKey(
        "services.Hotline", models.CASCADE, related_name="numbers", verbose_name=_("hotline"), db_index=False
    )
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
        validators=[
            RegexValidator(REGION_FORMAT, _("Enter two capital letters (ISO 3166), for example CN.")),
            validate_country,
        ],
    )
    extension = models.CharField(
        _("extension"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(EXTENSION_FORMAT, _("Enter digits only, for example 12."))],
    )
    scope = models.CharField(_("callers"), max_length=8, choices=Scope.choices, default=Scope.DOMESTIC)
    as_printed = LineField(
        _("display format"), max_length=24, blank=True, help_text=_("With spaces, for example +86 10 11185.")
    )
    cost = LineField(
        _("cost"), max_length=120, blank=True, help_text=_("For example “Free of charge”. Leave blank if unknown.")
    )
    cost_zh = LineField(_("cost in Chinese"), max_length=60, blank=True)
    valid_from = RangedDateField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("First day. Leave blank if it has always been in service. It is announced until then."),
        years_ahead=5,
    )
    valid_until = RangedDateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Last day. Leave blank if it stays. Then readers see what replaced it."),
        is_end=True,
        years_ahead=5,
    )
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    objects = HotlineNumberQuerySet.as_manager()

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
                condition=Q(e164="")
                | (
                    begins_with("+", "e164")
                    & ~begins_with("+0", "e164")
                    & has_only(DIGITS, after("+", "e164"))
                    & has_length(8, 16, "e164")
                ),
                name="hotline_number_e164_format",
                violation_error_message=validate_e164.message,
            ),
            models.CheckConstraint(
                condition=Q(short_code="")
                | (
                    has_only(DIGITS, "short_code")
                    & has_length(3, 12, "short_code")
                    & has_only(CAPITALS, "region")
                    & has_length(2, 2, "region")
                ),
                name="hotline_number_short_code_format",
                violation_error_message=validate_short_code.message,
            ),
            models.CheckConstraint(
                condition=has_only(DIGITS, "extension"),
                name="hotline_number_extension_format",
                violation_error_message=_("Enter digits only, for example 12."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="hotline_number_ends_after_beginning",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["hotline", "e164", "short_code", "extension"],
                name="hotline_number_once",
                violation_error_message=_("This hotline already has this number."),
            ),
        ]

    def __str__(self) -> str:
        number = self.as_printed or self.e164 or self.short_code
        if not self.extension:
            return number
        return translate("%(number)s ext. %(extension)s") % {"number": number, "extension": self.extension}

    def clean(self) -> None:
        super().clean()
        if re.sub(r"[^\d+]", "", self.as_printed) not in ("", self.e164 or self.short_code):
            raise ValidationError({"as_printed": _("These digits do not match the number.")})
        if self.scope == self.Scope.ABROAD and works_only_at_home(self.e164):
            raise ValidationError(_("This number cannot be dialled from abroad. Choose “within the country”."))

    @property
    def begins_on(self) -> dt.date:
        return self.valid_from or dt.date.min

    @property
    def ends_on(self) -> dt.date:
        return self.valid_until or dt.date.max

    def is_valid_on(self, day: dt.date) -> bool:
        """Return True if it can be called on this day."""
        return self.begins_on <= day <= self.ends_on

    def has_callers_of(self, other: "HotlineNumber") -> bool:
        """Return True if some callers of the other number can call this one."""
        return self.Scope.ANYWHERE in (self.scope, other.scope) or self.scope == other.scope

    @property
    def href(self) -> str:
        """Return the tel: URL (RFC 3966). A short code has no phone-context, which the RFC asks for in local numbers:
        no telephone understands it."""
        extension = f";ext={self.extension}" if self.extension else ""
        return f"tel:{self.e164 or self.short_code}{extension}"

    @property
    def is_for_abroad(self) -> bool:
        """Return True if callers from abroad reach it."""
        return bool(self.e164) and self.scope != self.Scope.DOMESTIC and not works_only_at_home(self.e164)

    @property
    def why_only_at_home(self) -> str:
        """Return the reason why it cannot be dialled from abroad, "" if it can or if nobody is meant to."""
        national = self.short_code or (self.e164[3:] if works_only_at_home(self.e164) else "")
        return why_only_at_home(national) if national else ""
