"""Opening hours as people say them: “Monday to Friday, 9am to 5pm”."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from django.utils.dateformat import time_format as dotted_time_format
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from services.models.opening_hours import MIDNIGHT, OpeningHours

WEEK = tuple(OpeningHours.Weekday)
# Where people do not call their time by the city that the time zone is named after.
ZONE_NAMES = {"Asia/Shanghai": gettext_lazy("Beijing time")}


def week_in_words(hours: Iterable[OpeningHours]) -> list[str]:
    """Return one line for all days of the same hours, in the order of their first days. Days of which nothing is said
    are left out."""
    days_by_times: dict[str, list[int]] = {}
    rows = [row for row in hours if row.weekday is not None]
    for weekday in WEEK:
        of_the_day = [row for row in rows if row.weekday == weekday]
        if of_the_day:
            days_by_times.setdefault(_format_times(of_the_day), []).append(weekday)
    return [
        _("%(days)s, %(times)s") % {"days": _format_weekdays(days), "times": times}
        for times, days in days_by_times.items()
    ]


def dates_in_words(hours: Iterable[OpeningHours], *, since: dt.date) -> list[str]:
    """Return one line for each date, or row of dates with the same hours, from the day `since` on."""
    by_day: dict[dt.date, list[OpeningHours]] = {}
    for row in hours:
        if row.date is not None and row.date >= since:
            by_day.setdefault(row.date, []).append(row)
    times = {day: _format_times(by_day[day]) for day in sorted(by_day)}
    return [
        _("%(days)s: %(times)s") % {"days": _format_dates(first, last), "times": times[first]}
        for first, last in _group_dates(times)
    ]


def _group_dates(times: dict[dt.date, str]) -> list[tuple[dt.date, dt.date]]:
    """The first and last day of each run of days that follow each other and have the same hours."""
    stretches: list[tuple[dt.date, dt.date]] = []
    for day, said in times.items():
        first, last = stretches[-1] if stretches else (day, day)
        if day - last == dt.timedelta(days=1) and said == times[last]:
            stretches[-1] = (first, day)
        else:
            stretches.append((day, day))
    return stretches


def _format_dates(first: dt.date, last: dt.date) -> str:
    if first == last:
        return date_format(first)
    return _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}


def _format_weekdays(days: list[int]) -> str:
    if len(days) == len(WEEK):
        return _("Every day")
    names: list[str] = []
    run = [days[0]]
    for before, day in pairwise([*days, -1]):
        if day == before + 1:
            run.append(day)
            continue
        names += _format_run(run)
        run = [day]
    return _join(names)


def _format_run(days: list[int]) -> list[str]:
    """“Monday to Wednesday”, but “Saturday”, “Sunday”."""
    labels = [str(WEEK[day].label) for day in days]
    return labels if len(days) < 3 else [_("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}]


def _format_times(rows: list[OpeningHours]) -> str:
    """What is said of one day. “Closed” beats hours beside it, as it does for the question whether it is open."""
    if any(row.is_closed for row in rows):
        return _("closed")
    if any(row.is_whole_day for row in rows):
        return _("24 hours")
    spans = sorted((row.opens, row.closes) for row in rows if row.opens is not None and row.closes is not None)
    return _join(
        [
            _("%(opens)s to %(closes)s") % {"opens": _format_time(opens), "closes": _format_time(closes)}
            for opens, closes in spans
        ]
    )


def _format_time(time: dt.time) -> str:
    if not (get_language() or "").startswith("en"):
        return time_format(time)
    if time in (MIDNIGHT, dt.time(12)):
        return _("midnight") if time == MIDNIGHT else _("noon")
    # Django's own “9 a.m.” is too long for a label.
    return dotted_time_format(time, "fA").lower()


def _join(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(parts)s and %(last)s") % {"parts": _(", ").join(parts[:-1]), "last": parts[-1]}


def zone_in_words(local: dt.datetime) -> str:
    """“Berlin time, UTC+2”: the zone of a moment on a hotline's clock, as it is on that day."""
    offset = local.utcoffset() or dt.timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "-" if offset < dt.timedelta() else "+"
    difference = f"{sign}{hours}" + (f":{minutes:02}" if minutes else "")
    name = str(local.tzinfo)
    place = ZONE_NAMES.get(name) or _("%(place)s time") % {"place": name.rpartition("/")[2].replace("_", " ")}
    return _("%(place)s, UTC%(difference)s") % {"place": place, "difference": difference}
