"""Opening hours as OpeningHoursSpecification of schema.org."""

import datetime as dt
from typing import Any

from services.models import Holiday
from services.models.day_plans import MAX_SPECIAL_DAYS, Timetable
from services.models.hours_in_words import MAX_DAYS_AHEAD
from services.models.hours_line import DAY, Span, Week, read_hours

SCHEMA_ORG = "https://schema.org"
# The vocabulary uses English names.
SCHEMA_ORG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOSED = {"opens": "00:00", "closes": "00:00"}

JsonLd = dict[str, Any]


def opening_hours_json_ld(timetable: Timetable, *, since: dt.date) -> list[JsonLd]:
    """Return the usual hours, those of seasons and special days from `since` on, and the holidays of three months."""
    facts: list[JsonLd] = []
    for row in timetable.hours:
        if row.valid_until is None or row.valid_until >= since:
            facts += _week(row.week, row.valid_from, row.valid_until, is_special=row.length <= MAX_SPECIAL_DAYS)
    last = since + dt.timedelta(days=MAX_DAYS_AHEAD)
    for holiday in timetable.holidays:
        if since <= holiday.until_on and holiday.first_on <= last:
            facts += _holiday(timetable, holiday)
    return facts


def _holiday(timetable: Timetable, holiday: Holiday) -> list[JsonLd]:
    usual = timetable.usual(holiday.first_on)
    week: Week | None
    if holiday.works_as is not None:
        week = (usual.week[holiday.works_as],) * 7 if usual else None
    else:
        week = read_hours(timetable.holiday_hours or "off")
    return _week(week, holiday.first_on, holiday.until_on, is_special=True) if week else []


def _week(week: Week, first: dt.date | None, last: dt.date | None, *, is_special: bool) -> list[JsonLd]:
    """Return one specification for all days with the same span. Closed days are only said of special ones: they replace
    hours that are stated elsewhere."""
    days_by_span: dict[Span | None, list[int]] = {}
    for day, spans in enumerate(week):
        for span in spans or ([None] if is_special else []):
            days_by_span.setdefault(span, []).append(day)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"{SCHEMA_ORG}/{SCHEMA_ORG_DAYS[day]}" for day in days] if len(days) < 7 else None,
            "validFrom": first.isoformat() if first else None,
            "validThrough": last.isoformat() if last else None,
            **(CLOSED if span is None else _times(span)),
        }
        for span, days in days_by_span.items()
    ]


def _times(span: Span) -> JsonLd:
    """Return the times, in which a whole day closes at 23:59."""
    if span == Span(0, DAY):
        return {"opens": "00:00", "closes": "23:59"}
    opens, closes = (f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in span)
    return {"opens": opens, "closes": closes}
