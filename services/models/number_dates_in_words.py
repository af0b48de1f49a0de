"""Sentences about numbers that begin or have ended."""

import datetime as dt
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from services.models.hotline_number import HotlineNumber
from services.models.number_dates import DatedChange, NumbersOn

# How long the hotlines page says that a number was replaced. The search always does.
MAX_REPLACED_DAYS = 365


def changes_of_numbers(numbers: NumbersOn, *, day: dt.date) -> list[str]:
    """Return a sentence for each number that is announced, and for each that was replaced in the year before `day`."""
    since = day - dt.timedelta(days=MAX_REPLACED_DAYS)
    replaced = [change for change in numbers.ended if change.others and change.number.ends_on >= since]
    return [*map(announcement, numbers.announced), *map(replacement, replaced)]


def announcement(change: DatedChange) -> str:
    """Return “From 1 March 2027: 11200 instead of 11185”."""
    facts = {"day": date_format(change.number.begins_on), "number": change.number, "others": _join(change.others)}
    if not change.others:
        return _("From %(day)s: %(number)s") % facts
    return _("From %(day)s: %(number)s instead of %(others)s") % facts


def replacement(change: DatedChange) -> str:
    """Return “11185: replaced by 11200”, or until when the number could be called if none has the same callers."""
    if change.others:
        return _("%(number)s: replaced by %(others)s") % {"number": change.number, "others": _join(change.others)}
    return _("%(number)s: in service until %(day)s") % {
        "number": change.number,
        "day": date_format(change.number.ends_on),
    }


def _join(numbers: Iterable[HotlineNumber]) -> str:
    return _(", ").join(map(str, numbers))
