"""Periods that the calendar shows, in the time zone of the person."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.web.date_ranges import month_dates
from postportal.web.personal_zone import day_start

DAYS_PER_WEEK = 7
LIST_DAYS = 366
MONTH, WEEKLY, LIST = "month", "week", "list"


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`, both included. `previous` and `next` are days in the neighbouring periods."""

    name: str
    first: dt.date
    last: dt.date
    previous: dt.date
    next: dt.date

    @property
    def start(self) -> dt.datetime:
        return day_start(self.first)

    @property
    def end(self) -> dt.datetime:
        """Return the first time after the period."""
        return day_start(self.last + dt.timedelta(days=1))

    @property
    def days(self) -> list[dt.date]:
        return [self.first + dt.timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def weeks(self) -> list[list[dt.date]]:
        """Return the weeks from Monday to Sunday, with the days of neighbouring months that fill the first and last."""
        monday = self.first - dt.timedelta(days=self.first.weekday())
        count = ((self.last - monday).days // DAYS_PER_WEEK) + 1
        return [
            [monday + dt.timedelta(days=DAYS_PER_WEEK * row + column) for column in range(DAYS_PER_WEEK)]
            for row in range(count)
        ]


def month_of(day: dt.date) -> Period:
    first, last = month_dates(day.year, day.month)
    before = (first - dt.timedelta(days=1)).replace(day=1)
    return Period(date_format(first, "YEAR_MONTH_FORMAT"), first, last, before, last + dt.timedelta(days=1))


def week_of(day: dt.date) -> Period:
    monday = day - dt.timedelta(days=day.weekday())
    sunday = monday + dt.timedelta(days=DAYS_PER_WEEK - 1)
    name = _("%(first)s to %(last)s") % {
        "first": date_format(monday, "MONTH_DAY_FORMAT"),
        "last": date_format(sunday),
    }
    week = dt.timedelta(days=DAYS_PER_WEEK)
    return Period(name, monday, sunday, monday - week, monday + week)


def list_from(day: dt.date) -> Period:
    last = day + dt.timedelta(days=LIST_DAYS - 1)
    name = _("From %(date)s") % {"date": date_format(day)}
    year = dt.timedelta(days=LIST_DAYS)
    return Period(name, day, last, day - year, day + year)


PERIODS = {MONTH: month_of, WEEKLY: week_of, LIST: list_from}
