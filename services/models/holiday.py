"""Holiday calendars, each shared by several hotlines."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import Versioned
from postportal.text.fields import LineField
from postportal.web.date_fields import RangedDateField
from postportal.web.languages import localized_text


class HolidayCalendar(Versioned):
    child_relations = ("holidays",)

    name = LineField(_("name"), max_length=80, unique=True, help_text=_("For example “Public holidays”."))
    name_zh = LineField(_("name in Chinese"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("holiday calendar")
        verbose_name_plural = _("holiday calendars")
        ordering = ["name"]

    def __str__(self) -> str:
        return localized_text(self, "name")

    def copy_to_next_year(self) -> int:
        """Add the holidays of the last year with holidays again, a year later. Return how many there are; days that
        are a holiday already are left out."""
        rows = list(self.holidays.all())
        years = {row.first_on.year for row in rows}
        taken = {row.first_on for row in rows}
        copies = [row.a_year_later() for row in rows if years and row.first_on.year == max(years)]
        new = [row for row in copies if row.first_on not in taken]
        for row in new:
            row.save()
        return len(new)


class Holiday(models.Model):
    """One or more days in a row on which hotlines are closed, or a day off that is worked in exchange."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    calendar = models.ForeignKey(
        HolidayCalendar, models.CASCADE, related_name="holidays", verbose_name=_("holiday calendar"), db_index=False
    )
    name = LineField(_("name"), max_length=80, help_text=_("For example “National Day”."))
    name_zh = LineField(_("name in Chinese"), max_length=40, blank=True)
    first_on = RangedDateField(_("first day"), years_ahead=5)
    last_on = RangedDateField(
        _("last day"), null=True, blank=True, help_text=_("Leave blank if it is one day."), years_ahead=5
    )
    works_as = models.PositiveSmallIntegerField(
        _("worked as"),
        choices=Weekday.choices,
        null=True,
        blank=True,
        help_text=_("Only for a day off that is worked in exchange: the weekday whose hours count."),
    )

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="holiday_ends_after_beginning",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(works_as__isnull=True) | Q(works_as__lte=6), name="holiday_weekday_exists"
            ),
            models.UniqueConstraint(
                fields=["calendar", "first_on"],
                name="holiday_begins_once",
                violation_error_message=_("Another holiday begins on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_on.isoformat()}: {localized_text(self, 'name')}"

    @property
    def reason_in_words(self) -> str:
        return localized_text(self, "name")

    @property
    def until_on(self) -> dt.date:
        return self.last_on or self.first_on

    @property
    def length(self) -> int:
        return (self.until_on - self.first_on).days + 1

    def covers(self, day: dt.date) -> bool:
        """Return True if it is this holiday on that day."""
        return self.first_on <= day <= self.until_on

    def a_year_later(self) -> "Holiday":
        """Return an unsaved copy, as many days long, on the same day of the next year. Those of the moon have to be
        moved by hand."""
        first = _same_day_of(self.first_on, self.first_on.year + 1)
        last = first + (self.until_on - self.first_on) if self.last_on else None
        return Holiday(
            calendar=self.calendar, name=self.name, name_zh=self.name_zh, first_on=first, last_on=last,
            works_as=self.works_as,
        )  # fmt: skip


def _same_day_of(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
