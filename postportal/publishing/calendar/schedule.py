"""What goes out or goes away by itself from now on, of all kinds of rows."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PUBLIC_STATES, Edition, PubliclyTimed, Publishable, Release, State
from postportal.publishing.models.edition import Stage
from postportal.staff.permissions import change_url, viewable_models
from postportal.staff.work_queues import kind_name

# Of each kind of row. An import may set the same moment for thousands; nobody reads them one by one.
MAX_EVENTS_PER_KIND = 500


class CalendarEventType(models.TextChoices):
    SCHEDULED = "scheduled", _("Goes out")
    CORRECTION = "correction", _("Correction goes out")
    EMBARGO = "embargo", _("Embargo ends")
    RELEASE = "release", _("Release goes out")
    EXPIRY = "expiry", _("Goes away")


@dataclass(frozen=True)
class CalendarEvent:
    """Something that will happen to what readers see, without anybody doing anything."""

    at: dt.datetime
    event_type: CalendarEventType
    text: str
    kind: str
    label: str
    pk: int

    @property
    def day(self) -> dt.date:
        """The day on the portal's clock."""
        return timezone.localdate(self.at)

    @property
    def url(self) -> str:
        return change_url(apps.get_model(self.label), self.pk)


def timed_models() -> list[type[PubliclyTimed]]:
    return [model for model in apps.get_models() if issubclass(model, PubliclyTimed)]


def long_text_columns(model: type[models.Model]) -> list[str]:
    """The columns that no list shows."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, models.TextField)]


def with_required_relations(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Join what a row cannot be without, and what that cannot be without: its name is made of them."""
    names = list(_required_relations(rows.model))
    return rows.select_related(*names) if names else rows


def _required_relations(model: type[models.Model], prefix: str = "", depth: int = 2) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null:
            yield prefix + field.name
            if depth > 1:
                yield from _required_relations(field.related_model, f"{prefix}{field.name}__", depth - 1)


def calendar_events(user: Any, *, now: dt.datetime, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    """What happens from `start` on and before `end`, and after `now`, to rows that the user may look at; in order. The
    number of queries depends on how many kinds of rows there are, and on nothing else."""
    start = max(start, now)
    found = []
    for model in viewable_models(user, timed_models()):
        within = Q(publish_at__gt=now, **_between("publish_at", start, end))
        within |= Q(expire_at__gt=now, **_between("expire_at", start, end))
        rows = (
            with_required_relations(_with_public_state(model).filter(within))
            .defer(*long_text_columns(model))
            .order_by("publish_at", "pk")
        )
        for row in rows[:MAX_EVENTS_PER_KIND]:
            found += [event for event in _row_events(row) if start <= event.at < end and event.at > now]
    found += _correction_events(user, start, end) + _release_events(user, start, end)
    return sorted(found, key=lambda event: (event.at, event.text, event.pk))


def upcoming_querysets(user: Any, now: dt.datetime) -> list[QuerySet[Any]]:
    """Everything still to come: a QuerySet for the beginnings of each kind, one for its ends, one for corrections."""
    found: list[QuerySet[Any]] = []
    for model in viewable_models(user, timed_models()):
        found += [
            _with_public_state(model).filter(publish_at__gt=now),
            _with_public_state(model).filter(expire_at__gt=now),
        ]
    if viewable_models(user, [Release]):
        found.append(Release.objects.upcoming(now))
    return [*found, *(_scheduled_corrections(model) for model in _publishables(user))]


def _between(column: str, start: dt.datetime, end: dt.datetime) -> dict[str, dt.datetime]:
    return {f"{column}__gte": start, f"{column}__lt": end}


def _publishables(user: Any) -> list[Any]:
    return [model for model in viewable_models(user, timed_models()) if issubclass(model, Publishable)]


def _with_public_state(model: Any) -> QuerySet[Any]:
    """The rows that come and go by themselves; drafts, whatever moments they have, do not."""
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.filter(state__in=PUBLIC_STATES) if issubclass(model, Publishable) else rows


def _scheduled_corrections(model: Any) -> QuerySet[Any]:
    """Corrections of what readers know, but for those in a release. The first publication of an item is in its own
    row."""
    rows = Edition.objects.of_model(model)
    rows = rows.filter(stage=Stage.SCHEDULED, content__isnull=False, release__isnull=True)
    return rows.filter(object_id__in=model._default_manager.values("pk"))


def _row_events(row: Any) -> list[CalendarEvent]:
    is_scheduled = isinstance(row, Publishable) and row.state == State.SCHEDULED
    begins = CalendarEventType.SCHEDULED if is_scheduled else CalendarEventType.EMBARGO
    turns = [(row.publish_at, begins), (row.expire_at, CalendarEventType.EXPIRY)]
    return [_make_event(row, moment, turn) for moment, turn in turns if moment is not None]


def _correction_events(user: Any, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    found = []
    for model in _publishables(user):
        due = dict(
            _scheduled_corrections(model)
            .filter(**_between("due_at", start, end))
            .order_by("due_at", "pk")
            .values_list("object_id", "due_at")[:MAX_EVENTS_PER_KIND]
        )
        rows = with_required_relations(model._default_manager.filter(pk__in=due)).defer(*long_text_columns(model))
        found += [_make_event(row, due[row.pk], CalendarEventType.CORRECTION) for row in rows]
    return found


def _release_events(user: Any, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    """A release is one event, whatever is in it."""
    if not viewable_models(user, [Release]):
        return []
    rows = Release.objects.filter(stage=Release.Stage.SCHEDULED, **_between("due_at", start, end))
    return [
        _make_event(row, row.due_at, CalendarEventType.RELEASE)
        for row in rows.order_by("due_at", "pk")[:MAX_EVENTS_PER_KIND]
        if row.due_at
    ]


def _make_event(row: Any, moment: dt.datetime, turn: CalendarEventType) -> CalendarEvent:
    return CalendarEvent(
        at=moment, event_type=turn, text=str(row), kind=kind_name(row), label=row._meta.label, pk=row.pk
    )
