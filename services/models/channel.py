"""Ways to reach a hotline other than the telephone."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from services.models.day_plans import Timetable
from services.models.hours_field import HoursField
from services.models.languages import LanguagesField, languages_in_words
from services.models.opening_hours import OpeningHours
from services.models.phone_numbers import read_number

validate_web_address = URLValidator(schemes=["https"], message=_("Enter a web address that begins with https://."))


class Channel(models.Model):
    """An email address, a chat, a WeChat account, a text relay or a fax number, with its own hours and languages."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("Email")
        WEB_CHAT = "chat", _("Web chat")
        WECHAT = "wechat", _("WeChat")
        TEXT_RELAY = "relay", _("Text relay")
        FAX = "fax", _("Fax")

    hotline = models.ForeignKey(
        "services.Hotline", models.CASCADE, related_name="channels", verbose_name=_("hotline"), db_index=False
    )
    kind = models.CharField(_("channel"), max_length=6, choices=Kind.choices)
    address = LineField(
        _("address or number"),
        max_length=200,
        help_text=_("An email address, a web address, a WeChat account, or the number of a text relay or fax."),
    )
    hours = HoursField(
        _("hours"), blank=True, help_text=_("For example “Mon–Fri 9–17” or “24 hours”. Leave blank if there are none.")
    )
    reply_time = LineField(
        _("reply time"), max_length=120, blank=True, help_text=_("For example “Answered within 2 working days”.")
    )
    reply_time_zh = LineField(_("reply time in Chinese"), max_length=60, blank=True)
    languages = LanguagesField(
        _("languages"), blank=True, help_text=_("For example “Chinese, English”. Leave blank if unknown.")
    )
    cost = LineField(
        _("cost"), max_length=120, blank=True, help_text=_("For example “Free of charge”. Leave blank if unknown.")
    )
    cost_zh = LineField(_("cost in Chinese"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=10)

    class Meta:
        verbose_name = _("other channel")
        verbose_name_plural = _("other channels")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(address=""),
                name="channel_has_address",
                violation_error_message=_("Enter the address or number of the channel."),
            ),
            models.UniqueConstraint(
                fields=["hotline", "kind", "address"],
                name="channel_once",
                violation_error_message=_("This hotline already has this channel."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"

    def clean(self) -> None:
        super().clean()
        checks: dict[str, Any] = {self.Kind.EMAIL: validate_email, self.Kind.WEB_CHAT: validate_web_address}
        try:
            if self.kind in checks:
                checks[self.kind](self.address)
            elif self.kind in (self.Kind.TEXT_RELAY, self.Kind.FAX):
                read = read_number(self.address, region=settings.HOME_COUNTRY)
                self.address = read.as_printed or read.e164 or read.short_code
        except ValidationError as error:
            raise ValidationError({"address": error.messages}) from error

    @property
    def href(self) -> str:
        """Return the URL that opens the channel, "" for a WeChat account and for a fax, which nobody calls by hand."""
        if self.kind == self.Kind.EMAIL:
            return f"mailto:{self.address}"
        if self.kind == self.Kind.WEB_CHAT:
            return self.address
        if self.kind == self.Kind.TEXT_RELAY:
            return f"tel:{''.join(each for each in self.address if each in '+0123456789')}"
        return ""

    @property
    def label(self) -> str:
        """Return the address as readers see it."""
        return self.address.removeprefix("https://").rstrip("/") if self.kind == self.Kind.WEB_CHAT else self.address

    @property
    def languages_in_words(self) -> str:
        return languages_in_words(self.languages)

    @property
    def timetable(self) -> Timetable:
        """Return its own hours with the holidays of the hotline."""
        hours = [OpeningHours(hours=self.hours)] if self.hours else []
        return Timetable(hours, self.hotline.timetable.holidays)
