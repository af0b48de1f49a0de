"""States of hotlines at one moment, open or closed, with one query: for pages that show little else of them."""

import datetime as dt
from collections import defaultdict
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.utils import timezone

from postportal.page_cache.recording import changes_at
from postportal.web.compiled_query import CompiledQuery
from services.models import Holiday, Hotline, OpeningHours
from services.models.day_plans import OpeningState, Timetable
from services.models.hotline import zone_of_hours
from services.models.hours_in_words import state_in_words


class HotlineState(NamedTuple):
    """“Open now, until 5pm”, and whether it is open."""

    is_open: bool
    words: str


def states_on_every_page(at: dt.datetime) -> dict[int, HotlineState]:
    """Return the states of the hotlines on every page whose hours are known, by primary key. The page that is being
    made ends when one of them changes."""
    rows = [_Row(*columns) for columns in _query.rows(at, timezone.localdate(at))]
    holidays: dict[int, list[Holiday]] = defaultdict(list)
    for row in rows:
        if row.kind == "holiday":
            holidays[row.hotline].append(row.holiday())
    found = {}
    hours = sorted((row for row in rows if row.kind == "hours"), key=lambda row: row.hotline)
    for pk, group in groupby(hours, key=lambda row: row.hotline):
        of_hotline = list(group)
        first = of_hotline[0]
        timetable = Timetable([row.opening_hours() for row in of_hotline], holidays[pk], first.holiday_hours)
        local = at.astimezone(zone_of_hours(first.time_zone))
        state = timetable.state(local)
        changes_at(_ends_at(state, local))
        if state.is_open is not None:
            found[pk] = HotlineState(state.is_open, state_in_words(state, local))
    return found


def _ends_at(state: OpeningState, local: dt.datetime) -> dt.datetime:
    """Return when something else is said: at midnight, which makes tomorrow today, or before."""
    midnight = dt.datetime.combine(local.date() + dt.timedelta(days=1), dt.time())
    return min(filter(None, [midnight, state.said_until])).replace(tzinfo=local.tzinfo)


class _Row(NamedTuple):
    """Hours of a hotline, or a holiday of its calendar, as the database driver returns them."""

    kind: str
    hotline: int
    time_zone: str
    holiday_hours: str
    first_on: Any
    last_on: Any
    reason: str
    reason_zh: str
    hours: str
    works_as: int | None

    def opening_hours(self) -> OpeningHours:
        return OpeningHours(
            hours=self.hours, valid_from=_to_date(self.first_on), valid_until=_to_date(self.last_on),
            reason=self.reason, reason_zh=self.reason_zh,
        )  # fmt: skip

    def holiday(self) -> Holiday:
        return Holiday(
            first_on=_to_date(self.first_on), last_on=_to_date(self.last_on), name=self.reason, name_zh=self.reason_zh,
            works_as=self.works_as,
        )  # fmt: skip


def _to_date(value: Any) -> Any:
    """Return the date, which SQLite has as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


_OF_HOTLINE = ("pk", "time_zone", "holiday_hours")


def _all_rows(at: dt.datetime, day: dt.date) -> QuerySet[Any, Any]:
    shown = Hotline.objects.published(at).on_every_page(day).values("pk")
    hours = OpeningHours.objects.filter(hotline__in=shown)
    holidays = Holiday.objects.filter(calendar__hotlines__in=shown)
    return _columns(
        hours, "hours", "hotline", F("valid_from"), F("valid_until"), F("reason"), F("reason_zh"), F("hours"),
        Value(None, IntegerField()),
    ).union(
        _columns(
            holidays, "holiday", "calendar__hotlines", F("first_on"), F("last_on"), F("name"), F("name_zh"),
            Value("", CharField()), F("works_as"),
        ),
        all=True,
    ).order_by()  # fmt: skip


def _columns(rows: Any, kind: str, hotline: str, *facts: Any) -> QuerySet[Any, Any]:
    """Return the rows with the columns of `_Row`."""
    values = [Value(kind, CharField()), *(F(f"{hotline}__{name}") for name in _OF_HOTLINE), *facts]
    columns = {f"state_{name}": value for name, value in zip(_Row._fields, values, strict=True)}
    found: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return found


_query = CompiledQuery(_all_rows, takes=(dt.datetime, dt.date))
