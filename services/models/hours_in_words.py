"""Opening hours in words: “Monday to Friday, 9am to 5pm”."""

import datetime as dt
from itertools import pairwise

from django.utils.dateformat import time_format as dotted_time_format
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from services.models.day_plans import MAX_SPECIAL_DAYS, OpeningState, Timetable
from services.models.holiday import Holiday
from services.models.hours_line import DAY, Span, Week
from services.models.opening_hours import OpeningHours

MIDNIGHT = dt.time(0)
# Zones that are not called after their city in everyday use.
ZONE_NAMES = {"Asia/Shanghai": gettext_lazy("Beijing time")}
# Holidays further ahead are not worth a line on a card.
MAX_DAYS_AHEAD = 92


def week_in_words(week: Week) -> list[str]:
    """Return one line for all weekdays with the same hours, in the order of their first days."""
    if set(week) == {(Span(0, DAY),)}:
        return [_("24-hour service")]
    days_by_spans: dict[tuple[Span, ...], list[int]] = {}
    for weekday, spans in enumerate(week):
        days_by_spans.setdefault(spans, []).append(weekday)
    return [
        _("%(days)s, %(times)s") % {"days": _format_weekdays(days), "times": spans_in_words(spans)}
        for spans, days in days_by_spans.items()
    ]


def changes_in_words(timetable: Timetable, *, since: dt.date) -> list[str]:
    """Return one line for the usual hours that begin after `since`: a season, or a change for good."""
    rows = [
        row for row in timetable.hours if row.length > MAX_SPECIAL_DAYS and row.valid_from and row.valid_from > since
    ]
    return [
        _("%(days)s: %(times)s") % {"days": _format_period(row), "times": "; ".join(week_in_words(row.week))}
        for row in sorted(rows, key=lambda row: (row.valid_from, row.length))
    ]


def dates_in_words(timetable: Timetable, *, since: dt.date) -> list[str]:
    """Return one line for each special day or holiday from `since` on, or run of days with the same hours and reason.
    Holidays are announced three months ahead."""
    last = since + dt.timedelta(days=MAX_DAYS_AHEAD)
    own = [row for row in timetable.hours if row.length <= MAX_SPECIAL_DAYS]
    ranges = [(row.valid_from, row.valid_until) for row in own]
    ranges += [(row.first_on, min(row.until_on, last)) for row in timetable.holidays]
    days = {
        day
        for first, until in ranges
        if first and until
        for day in (first + dt.timedelta(days=number) for number in range((until - first).days + 1))
        if day >= since
    }
    texts = {day: _describe(timetable, day) for day in sorted(days)}
    texts = {day: text for day, text in texts.items() if text}
    return [
        _("%(days)s: %(times)s") % {"days": _format_dates(first, last), "times": texts[first]}
        for first, last in _group_dates(texts)
    ]


def state_in_words(state: OpeningState, local: dt.datetime) -> str:
    """Return “Open now, until 5pm”, “Opens at 1:30pm”, “Closed today (National Day). Opens tomorrow at 9am.”, or "" if
    the hours are not known."""
    now, changes_at = local.replace(tzinfo=None), state.changes_at
    if state.is_open:
        return (
            _("Open now, until %(time)s") % {"time": _format_time(changes_at.time())} if changes_at else _("Open now")
        )
    if state.is_open is None:
        return ""
    if changes_at and changes_at.date() == now.date():
        return _("Opens at %(time)s") % {"time": _format_time(changes_at.time())}
    closed = (
        _("Closed today (%(reason)s).") % {"reason": state.closed_all_day_for}
        if state.closed_all_day_for
        else _("Closed now.")
    )
    if changes_at is None:
        return closed
    return _("%(closed)s %(opens)s") % {"closed": closed, "opens": _opens(changes_at, now)}


def _opens(at: dt.datetime, now: dt.datetime) -> str:
    days = (at.date() - now.date()).days
    time = _format_time(at.time())
    if days == 1:
        return _("Opens tomorrow at %(time)s.") % {"time": time}
    if days < len(WEEKDAYS):
        return _("Opens on %(day)s at %(time)s.") % {"day": WEEKDAYS[at.weekday()], "time": time}
    return _("Opens on %(day)s at %(time)s.") % {"day": date_format(at.date()), "time": time}


def _describe(timetable: Timetable, day: dt.date) -> str:
    """Return the hours and the reason of a special day, "" if it is none."""
    plan, special = timetable.plan(day), timetable.special(day)
    if not plan.is_special:
        return ""
    times = spans_in_words(plan.spans)
    if isinstance(special, Holiday) and special.works_as is not None:
        times = _("open as on %(day)s") % {"day": WEEKDAYS[special.works_as]}
    return _("%(times)s (%(reason)s)") % {"times": times, "reason": plan.reason} if plan.reason else times


def _group_dates(texts: dict[dt.date, str]) -> list[tuple[dt.date, dt.date]]:
    """Return the first and last day of each run of consecutive days with the same text."""
    runs: list[tuple[dt.date, dt.date]] = []
    for day, text in texts.items():
        first, last = runs[-1] if runs else (day, day)
        if day - last == dt.timedelta(days=1) and text == texts[last]:
            runs[-1] = (first, day)
        else:
            runs.append((day, day))
    return runs


def _format_period(row: OpeningHours) -> str:
    first, last = row.valid_from or dt.date.min, row.valid_until
    return _format_dates(first, last) if last else _("From %(day)s") % {"day": date_format(first)}


def _format_dates(first: dt.date, last: dt.date) -> str:
    if first == last:
        return date_format(first)
    return _("%(first)s to %(last)s") % {"first": date_format(first), "last": date_format(last)}


def _format_weekdays(days: list[int]) -> str:
    if len(days) == len(WEEKDAYS):
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
    labels = [str(WEEKDAYS[day]) for day in days]
    return labels if len(days) < 3 else [_("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]}]


def spans_in_words(spans: tuple[Span, ...]) -> str:
    """Return “9am to noon and 1:30pm to 5pm”, “24 hours” or “closed”."""
    if not spans:
        return _("closed")
    if spans == (Span(0, DAY),):
        return _("24 hours")
    return _join(
        [
            _("%(opens)s to %(closes)s")
            % {"opens": _format_minutes(span.opens), "closes": _format_minutes(span.closes)}
            for span in spans
        ]
    )


def _format_minutes(minutes: int) -> str:
    return _format_time(dt.time(minutes // 60 % 24, minutes % 60))


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
