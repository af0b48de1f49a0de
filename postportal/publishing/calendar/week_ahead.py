"""The next seven days on the home page of staff: how much goes out on each day, and what comes first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Case, CharField, Count, F, QuerySet, Value, When, Window
from django.db.models.functions import Cast, RowNumber, TruncDate

from postportal.publishing.calendar.periods import DAYS_PER_WEEK
from postportal.publishing.calendar.schedule import (
    CalendarEvent,
    CalendarEventType,
    make_event,
    scheduled_corrections,
    timed_models,
    with_public_state,
    with_required_relations,
)
from postportal.publishing.models import Publishable, Release, State
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import viewable_models
from postportal.web.compiled_query import CompiledQuery
from postportal.web.personal_zone import day_start, personal_day, personal_zone

MAX_FIRST = 3


class Due(NamedTuple):
    """A row that appears, changes or expires at a time: one of the first of its kind on that day of the person, with
    the number of all. Rows of a model that appear are one kind, those that expire another."""

    label: str
    pk: int
    event_type: str
    at: dt.datetime
    day: dt.date
    number: int
    total: int


@dataclass
class DayAhead:
    day: dt.date
    is_today: bool = False
    count: int = 0
    first: list[CalendarEvent] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def week_ahead(user: Any, *, now: dt.datetime) -> list[DayAhead]:
    """Return the seven days from today of the user, none if the user may view nothing with a time. Takes a query for
    all days, and one for each model of which a title is shown."""
    if not viewable_models(user, timed_models()):
        return []
    today = personal_day(now)
    dates = [today + dt.timedelta(days=number) for number in range(DAYS_PER_WEEK)]
    days = {date: DayAhead(date, is_today=date == today) for date in dates}
    shown: list[Due] = []
    for due in _due(user, start=now, end=day_start(dates[-1] + dt.timedelta(days=1))):
        day = days[due.day]
        if due.number == 1:
            day.count += due.total
        if sum(each.day == due.day for each in shown) < MAX_FIRST:
            shown.append(due)
    for event in _events(shown):
        days[event.day].first.append(event)
    return list(days.values())


def _due(user: Any, *, start: dt.datetime, end: dt.datetime) -> list[Due]:
    """Return what is due first after `start` and before `end`, in order, in one query that counts the rest: an import
    may set one time for thousands of rows."""
    models = viewable_models(user, [*timed_models(), Release])
    return [Due(*row) for row in _query_of(tuple(models), personal_zone()).objects(start, end)]


# There are as many as roles and time zones. Compiling one takes longer than its answer.
@lru_cache(maxsize=100)
def _query_of(models: tuple[Any, ...], zone: dt.tzinfo) -> CompiledQuery:
    return CompiledQuery(partial(_due_rows, models=models, zone=zone), takes=(dt.datetime, dt.datetime))


def _due_rows(start: dt.datetime, end: dt.datetime, *, models: Iterable[Any], zone: dt.tzinfo) -> QuerySet[Any, Any]:
    part = partial(_part, start=start, end=end, zone=zone)
    parts: list[QuerySet[Any, Any]] = []
    for model in models:
        if model is Release:
            releases = Release.objects.filter(stage=Release.Stage.SCHEDULED)
            parts.append(part(releases, Release, "due_at", Value(CalendarEventType.RELEASE)))
            continue
        rows = with_public_state(model)
        parts.append(part(rows, model, "publish_at", _first_publication(model)))
        parts.append(part(rows, model, "expire_at", Value(CalendarEventType.EXPIRY)))
        if issubclass(model, Publishable):
            what = Value(CalendarEventType.CORRECTION)
            editions = scheduled_corrections(model)
            parts.append(part(editions, model, "due_at", what, key="object_id"))
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return union.order_by("due", "due_label", "due_key")


def _part(
    rows: Any,
    model: Any,
    column: str,
    event_type: Any,
    *,
    start: dt.datetime,
    end: dt.datetime,
    zone: dt.tzinfo,
    key: str = "pk",
) -> QuerySet[Any, Any]:
    day = TruncDate(column, tzinfo=zone)
    found: QuerySet[Any, Any] = (
        rows.filter(**{f"{column}__gt": start, f"{column}__lt": end})
        .order_by()
        .annotate(
            due_label=Value(model._meta.label, output_field=CharField()),
            due_key=F(key),
            due_type=Cast(event_type, CharField()),
            due=F(column),
            due_day=day,
            due_number=Window(RowNumber(), partition_by=[day], order_by=[column, key]),
            due_total=Window(Count("pk"), partition_by=[day]),
        )
        .filter(due_number__lte=MAX_FIRST)
        .values_list("due_label", "due_key", "due_type", "due", "due_day", "due_number", "due_total")
    )
    return found


def _first_publication(model: Any) -> Any:
    embargo = Value(CalendarEventType.EMBARGO)
    if not issubclass(model, Publishable):
        return embargo
    return Case(When(state=State.SCHEDULED, then=Value(CalendarEventType.SCHEDULED)), default=embargo)


def _events(shown: list[Due]) -> list[CalendarEvent]:
    by_label: dict[str, list[Due]] = defaultdict(list)
    for due in shown:
        by_label[due.label].append(due)
    rows: dict[tuple[str, int], Any] = {}
    for label, found in by_label.items():
        model: Any = apps.get_model(label)
        loaded = with_required_relations(model._default_manager.all()).defer(*long_text_columns(model))
        rows |= {(label, pk): row for pk, row in loaded.in_bulk([due.pk for due in found]).items()}
    return [
        make_event(rows[due.label, due.pk], due.at, CalendarEventType(due.event_type))
        for due in shown
        if (due.label, due.pk) in rows
    ]
