"""Dates that may be known only to the month or the year."""

import datetime as dt

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from postportal.web.date_ranges import HISTORICAL_DAYS, first_of_next_month, month_dates


class Precision(models.TextChoices):
    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


def first_day_of(day: dt.date, precision: str) -> dt.date:
    """Return the first day of the period that the date means: a day, a month or a year."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def last_day_of(day: dt.date, precision: str) -> dt.date:
    """Return the last day of the period that the date means: a day, a month or a year."""
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return month_dates(day.year, day.month).last if precision == Precision.MONTH else day


def first_day_after(day: dt.date, precision: str) -> dt.date | None:
    """Return the first day after the period that the date means, or None if no date after it exists."""
    if not HISTORICAL_DAYS.includes(day):
        return None  # Not validated yet, and perhaps the last day of Python's dates.
    if precision == Precision.YEAR:
        following = dt.date(day.year + 1, 1, 1)
    else:
        following = first_of_next_month(day) if precision == Precision.MONTH else day + dt.timedelta(days=1)
    return following if HISTORICAL_DAYS.includes(following) else None


def format_partial_date(day: dt.date | None, precision: str) -> str:
    """Return the date as exactly as it is known, in the active language; "" if it is unknown."""
    if day is None:
        return ""
    formats: dict[str, str] = {Precision.YEAR: "Y", Precision.MONTH: "YEAR_MONTH_FORMAT"}
    return date_format(day, formats.get(precision, "DATE_FORMAT"))


def partial_iso_date(day: dt.date | None, precision: str) -> str:
    """Return the date in ISO 8601, as exactly as it is known: 2020, 2020-02 or 2020-02-29; "" if it is unknown."""
    lengths: dict[str, int] = {Precision.YEAR: 4, Precision.MONTH: 7}
    return day.isoformat()[: lengths.get(precision, 10)] if day else ""
