"""Dates that exist in the portal, and arithmetic that never leaves them.

Forms, models, the database, URLs and imports all ask here, so that none accepts a date that another cannot handle."""

import datetime as dt
import re
from typing import Any, NamedTuple, Self

from django.utils import timezone


class DateRange(NamedTuple):
    """The dates that are possible for one meaning. As a pair, it also serves as the value of a `range` lookup."""

    first: dt.date
    last: dt.date

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        return cls(dt.date(first, 1, 1), dt.date(last, 12, 31))

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)

    def includes(self, value: dt.date) -> bool:
        """Return True if the date is in the range; for a time, its date in the time zone of the portal."""
        day = _local_day(value)
        return day is not None and self.first <= day <= self.last

    def clamp(self, day: dt.date) -> dt.date:
        """Return the date of the range that is nearest to `day`."""
        return min(max(day, self.first), self.last)


# Four digits in every format, and far enough from the limits of Python's dates for any time zone and any period.
HISTORICAL_DAYS = DateRange.of_years(1000, 2999)
# The first newspaper was printed in 1605.
PUBLICATION_DAYS = DateRange.of_years(1600, 2999)
# The first stamp was issued in 1840.
STAMP_DAYS = DateRange.of_years(1840, 2999)
# What is done with the portal itself: deadlines, checks, opening hours, times of rows.
RECORD_DAYS = DateRange.of_years(1970, 2999)

# How registers write an end that has not been set: the last day that their column can hold, or its year or month.
_OPEN_END = re.compile(r"(?:9999(?:-[0-9]{2}(?:-[0-9]{2})?)?|2999-12(?:-31)?)(?:[T ].*)?")


def is_open_end(value: Any) -> bool:
    """Return True if the end of a period, a date or a text, means “no end”: 9999-12-31, 9999-12, 2999-12-31."""
    if isinstance(value, dt.date):
        return value.year == dt.MAXYEAR or (value.year, value.month, value.day) == (2999, 12, 31)
    return isinstance(value, str) and _OPEN_END.fullmatch(value.strip()) is not None


def month_dates(year: int, month: int) -> DateRange:
    first = dt.date(year, month, 1)
    return DateRange(first, first_of_next_month(first) - dt.timedelta(days=1))


def first_of_next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def _local_day(value: dt.date) -> dt.date | None:
    if not isinstance(value, dt.datetime):
        return value
    if timezone.is_naive(value):
        return value.date()
    try:
        return timezone.localtime(value, timezone.get_default_timezone()).date()
    except (OverflowError, ValueError):
        return None  # Within a day of the limits of Python's dates.
