import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.languages import localized_text
from postportal.web.text_conditions import has_only
from services.models.hours_field import HoursField
from services.models.hours_line import STORED_CHARACTERS, Week, read_hours, show_hours


class OpeningHours(models.Model):
    """Opening hours of a hotline for some time: always, in a season, from a day on, on a special day or during an
    emergency. On each day those of the shortest period count, and of two without an end those that began last."""

    hotline = models.ForeignKey(
        "services.Hotline", models.CASCADE, related_name="opening_hours", verbose_name=_("hotline"), db_index=False
    )
    hours = HoursField(
        _("hours"),
        help_text=_("For example “Mon–Fri 9–12, 13:30–17; Sat 9–12”, “24 hours” or “closed”. Other days are closed."),
    )
    valid_from = RangedDateField(
        _("from"), null=True, blank=True, help_text=_("First day. Leave blank for the usual hours."), years_ahead=5
    )
    valid_until = RangedDateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("Last day, for a season, a special day or a closing."),
        years_ahead=5,
    )
    reason = LineField(
        _("reason"), max_length=80, blank=True, help_text=_("Readers see it, for example “Stocktaking”.")
    )
    reason_zh = LineField(_("reason in Chinese"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        # The usual hours first: databases disagree on where an empty date stands.
        ordering = [F("valid_from").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(hours="") & has_only(STORED_CHARACTERS, "hours"),
                name="opening_hours_are_stored",
                violation_error_message=_("Enter opening hours, for example Mon–Fri 9–12, 13:30–17; Sat 9–12."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="opening_hours_end_after_beginning",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                fields=["hotline"],
                condition=Q(valid_from__isnull=True, valid_until__isnull=True),
                name="opening_hours_usual_once",
                violation_error_message=_("The usual hours are entered twice. Enter the first day of one of them."),
            ),
            models.UniqueConstraint(
                fields=["hotline", "valid_from"],
                condition=Q(valid_until__isnull=True),
                name="opening_hours_from_once",
                violation_error_message=_("Other hours begin on the same day."),
            ),
            models.UniqueConstraint(
                fields=["hotline", "valid_from", "valid_until"],
                name="opening_hours_period_once",
                violation_error_message=_("Other hours have the same first and last day."),
            ),
        ]

    def __str__(self) -> str:
        days = "–".join(day.isoformat() if day else "" for day in (self.valid_from, self.valid_until))
        return f"{days}: {show_hours(self.hours)}" if days != "–" else show_hours(self.hours)

    @property
    def week(self) -> Week:
        return read_hours(self.hours)

    @property
    def reason_in_words(self) -> str:
        return localized_text(self, "reason")

    def covers(self, day: dt.date) -> bool:
        """Return True if the hours are for this day."""
        return (self.valid_from or dt.date.min) <= day <= (self.valid_until or dt.date.max)

    @property
    def length(self) -> int:
        """Return the number of days, more than any if one end is open."""
        return ((self.valid_until or dt.date.max) - (self.valid_from or dt.date.min)).days + 1
