import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.web.date_fields import RangedDateField

MIDNIGHT = dt.time(0)


class OpeningHours(models.Model):
    """Opening hours of a hotline on a weekday or on one date. Those of a date override those of its weekday.

    “00:00 to 00:00” is the whole day; hours that end before they begin run past midnight."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    hotline = models.ForeignKey(
        "services.Hotline", models.CASCADE, related_name="opening_hours", verbose_name=_("hotline")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday.choices, null=True, blank=True)
    date = RangedDateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("For a holiday. Overrides the day of the week."),
        years_ahead=5,
    )
    opens = models.TimeField(_("from"), null=True, blank=True)
    closes = models.TimeField(_("to"), null=True, blank=True, help_text=_("For the whole day enter 00:00 to 00:00."))
    is_closed = models.BooleanField(_("closed"), default=False)

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["date", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=False, date__isnull=True) | Q(weekday__isnull=True, date__isnull=False),
                name="opening_hours_of_one_day",
                violation_error_message=_("Choose either a day of the week or a date."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="opening_hours_weekday_exists"
            ),
            models.CheckConstraint(
                condition=Q(is_closed=True, opens__isnull=True, closes__isnull=True)
                | Q(is_closed=False, opens__isnull=False, closes__isnull=False),
                name="opening_hours_or_closed",
                violation_error_message=_("Enter both times, or tick “closed” and leave both blank."),
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | ~Q(opens=F("closes")) | Q(opens=MIDNIGHT),
                name="opening_hours_not_empty",
                violation_error_message=_(
                    "Opening and closing time are the same. For the whole day enter 00:00 to 00:00."
                ),
            ),
        ]

    def __str__(self) -> str:
        day = self.date.isoformat() if self.date else str(self.get_weekday_display())
        return f"{day}: {self.hours}"

    @property
    def is_whole_day(self) -> bool:
        return not self.is_closed and self.opens == self.closes == MIDNIGHT

    @property
    def hours(self) -> str:
        if self.is_closed:
            return str(_("closed"))
        if self.is_whole_day:
            return str(_("24 hours"))
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"

    def covers(self, time: dt.time) -> bool:
        """Return whether hours that begin on this day include `time` of the same day."""
        if self.is_closed or self.opens is None or self.closes is None:
            return False
        return self.is_whole_day or (self.opens <= time and (time < self.closes or self.closes <= self.opens))

    def covers_next_day(self, time: dt.time) -> bool:
        """Return whether the hours run past midnight and include `time` of the next day."""
        if self.is_closed or self.opens is None or self.closes is None or self.is_whole_day:
            return False
        return self.closes <= self.opens and time < self.closes


def rows_for_day(hours: Iterable[OpeningHours], day: dt.date) -> list[OpeningHours]:
    """Return the rows that apply on `day`: those of the date if there are any, else those of the weekday. A row that
    says “closed” overrides all other rows of the day."""
    rows = list(hours)
    rows = [row for row in rows if row.date == day] or [row for row in rows if row.weekday == day.weekday()]
    return [row for row in rows if row.is_closed] or rows


def is_open(hours: Iterable[OpeningHours], local: dt.datetime) -> bool | None:
    """Return whether a row covers `local`, a moment in the time zone of the hours; None if the hours of that day are
    unknown. If only some weekdays are entered, the others are closed."""
    rows = list(hours)
    today = rows_for_day(rows, local.date())
    yesterday = rows_for_day(rows, local.date() - dt.timedelta(days=1))
    if any(row.date and row.is_closed for row in today):
        return False
    if any(row.covers(local.time()) for row in today) or any(row.covers_next_day(local.time()) for row in yesterday):
        return True
    return False if today or any(row.weekday is not None for row in rows) else None
