"""Opening hours in words: “Monday to Friday, 9am to 5pm”."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from django.utils.dateformat import time_format as dotted_time_format
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from services.models.opening_hours import MIDNIGHT, OpeningHours

WEEK = tuple(OpeningHours.Weekday)
# Zones that are not called after their city in everyday use.
ZONE_NAMES = {"Asia/Shanghai": gettext_lazy("Beijing time")}


def week_in_words(hours: Iterable[OpeningHours]) -> list[str]:
    """Return one line for all weekdays with the same hours, in the order of their first days. Days without rows are
    omitted."""
    days_by_times: dict[str, list[int]] = {}
    rows = [row for row in hours if row.weekday is not None]
    for weekday in WEEK:
        day_rows = [row for row in rows if row.weekday == weekday]
        if day_rows:
            days_by_times.setdefault(_format_times(day_rows), []).append(weekday)
    return [
        _("%(days)s, %(times)s") % {"days": _format_weekdays(days), "times": times}
        for times, days in days_by_times.items()
    ]


def dates_in_words(hours: Iterable[OpeningHours], *, since: dt.date) -> list[str]:
    """Return one line for each date, or run of dates with the same hours, from `since` on."""
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
    """Return the first and last day of each run of consecutive days with the same hours."""
    runs: list[tuple[dt.date, dt.date]] = []
    for day, day_times in times.items():
        first, last = runs[-1] if runs else (day, day)
        if day - last == dt.timedelta(days=1) and day_times == times[last]:
            runs[-1] = (first, day)
        else:
            runs.append((day, day))
    return runs


def _format_dates(first: dt.date, last: dt.date) -> str:
    if first == last:
        return date_format(first)
    return _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}


def _format_weekdays(days: list[int]) -> str:
    if len(days) == len(WEEK):
        return _("Every day")
    names: list[str] = []
    run = [days[0]]
    for previous, day in pairwise([*days, -1]):
        if day == previous + 1:
            run.append(day)
            continue
        names += _format_run(run)
        run = [day]
    return _join(names)


def _format_run(days: list[int]) -> list[str]:
    """Return [“Monday to Wednesday”], but [“Saturday”, “Sunday”] for two days."""
    labels = [str(WEEK[day].label) for day in days]
    return labels if len(days) < 3 else [_("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}]


def _format_times(rows: list[OpeningHours]) -> str:
    """Format the hours of one day. As in `rows_for_day`, “closed” overrides other rows."""
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
    # Django's own “9 a.m.” is too long for a hotline card.
    return dotted_time_format(time, "fA").lower()


def _join(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(parts)s and %(last)s") % {"parts": _(", ").join(parts[:-1]), "last": parts[-1]}


def zone_in_words(local: dt.datetime) -> str:
    """Return the name and UTC offset of the time zone of `local`: “Berlin time, UTC+2”."""
    offset = local.utcoffset() or dt.timedelta()
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    sign = "-" if offset < dt.timedelta() else "+"
    difference = f"{sign}{hours}" + (f":{minutes:02}" if minutes else "")
    name = str(local.tzinfo)
    place = ZONE_NAMES.get(name) or _("%(place)s time") % {"place": name.rpartition("/")[2].replace("_", " ")}
    return _("%(place)s, UTC%(difference)s") % {"place": place, "difference": difference}
