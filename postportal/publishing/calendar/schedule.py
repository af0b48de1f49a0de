"""Schedule of the portal: future publications and expiries of all models."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from postportal.publishing.models import PUBLIC_STATES, Edition, PubliclyTimed, Publishable, Release, State
from postportal.publishing.models.edition import Stage
from postportal.staff.long_texts import long_text_columns
from postportal.staff.permissions import change_url_for, viewable_models
from postportal.staff.work_queues import kind_name
from postportal.web.personal_zone import personal_day

# For each model. An import may set the same time for thousands of rows, which nobody reads one by one.
MAX_EVENTS_PER_KIND = 500


class CalendarEventType(models.TextChoices):
    SCHEDULED = "scheduled", _("Publication")
    CORRECTION = "correction", _("Publication of changes")
    EMBARGO = "embargo", _("End of embargo")
    RELEASE = "release", _("Release")
    EXPIRY = "expiry", _("Expiry")


@dataclass(frozen=True)
class CalendarEvent:
    """A publication or expiry that will happen automatically."""

    at: dt.datetime
    event_type: CalendarEventType
    text: str
    kind: str
    label: str
    pk: int

    @property
    def uid(self) -> str:
        """Return an ID that is the same while the event is only moved. An item that is approved keeps its event."""
        is_publication = self.event_type in {CalendarEventType.SCHEDULED, CalendarEventType.EMBARGO}
        name = "publication" if is_publication else self.event_type.value
        return f"{self.label.lower()}-{self.pk}-{name}"

    @property
    def day(self) -> dt.date:
        """Return the date in the time zone of the person."""
        return personal_day(self.at)

    @property
    def url(self) -> str:
        return change_url_for(apps.get_model(self.label), self.pk)


def timed_models() -> list[type[PubliclyTimed]]:
    return [model for model in apps.get_models() if issubclass(model, PubliclyTimed)]


def with_required_relations(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Join required relations, two levels deep: the names of rows are built from them."""
    names = list(_required_relations(rows.model))
    return rows.select_related(*names) if names else rows


def _required_relations(model: type[models.Model], prefix: str = "", depth: int = 2) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not field.null:
            yield prefix + field.name
            if depth > 1:
                yield from _required_relations(field.related_model, f"{prefix}{field.name}__", depth - 1)


def calendar_events(user: Any, *, now: dt.datetime, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    """Return the events after `now`, from `start` until before `end`, of rows that the user can view, in order. The
    number of queries depends only on the number of models."""
    start = max(start, now)
    found = []
    for model in viewable_models(user, timed_models()):
        within = Q(publish_at__gt=now, **_between("publish_at", start, end))
        within |= Q(expire_at__gt=now, **_between("expire_at", start, end))
        rows = (
            with_required_relations(with_public_state(model).filter(within))
            .defer(*long_text_columns(model))
            .order_by("publish_at", "pk")
        )
        for row in rows[:MAX_EVENTS_PER_KIND]:
            found += [event for event in _row_events(row) if start <= event.at < end and event.at > now]
    found += _correction_events(user, start, end) + _release_events(user, start, end)
    return sorted(found, key=lambda event: (event.at, event.text, event.pk))


def upcoming_querysets(user: Any, now: dt.datetime) -> list[QuerySet[Any]]:
    """Return QuerySets of future publications, expiries and publications of changes for each model, and of releases."""
    found: list[QuerySet[Any]] = []
    for model in viewable_models(user, timed_models()):
        found += [
            with_public_state(model).filter(publish_at__gt=now),
            with_public_state(model).filter(expire_at__gt=now),
        ]
    if viewable_models(user, [Release]):
        found.append(Release.objects.upcoming(now))
    return [*found, *(scheduled_corrections(model) for model in _publishables(user))]


def _between(column: str, start: dt.datetime, end: dt.datetime) -> dict[str, dt.datetime]:
    return {f"{column}__gte": start, f"{column}__lt": end}


def _publishables(user: Any) -> list[Any]:
    return [model for model in viewable_models(user, timed_models()) if issubclass(model, Publishable)]


def with_public_state(model: Any) -> QuerySet[Any]:
    """Return the rows that are published and expire at their times: drafts do not."""
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.filter(state__in=PUBLIC_STATES) if issubclass(model, Publishable) else rows


def scheduled_corrections(model: Any) -> QuerySet[Any]:
    """Return the scheduled changes to live items, except those in a release. A first publication is in the row."""
    rows = Edition.objects.of_model(model)
    rows = rows.filter(stage=Stage.SCHEDULED, content__isnull=False, release__isnull=True)
    return rows.filter(object_id__in=model._default_manager.values("pk"))


def _row_events(row: Any) -> list[CalendarEvent]:
    is_scheduled = isinstance(row, Publishable) and row.state == State.SCHEDULED
    start_type = CalendarEventType.SCHEDULED if is_scheduled else CalendarEventType.EMBARGO
    times = [(row.publish_at, start_type), (row.expire_at, CalendarEventType.EXPIRY)]
    return [make_event(row, at, event_type) for at, event_type in times if at is not None]


def _correction_events(user: Any, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    found = []
    for model in _publishables(user):
        due = dict(
            scheduled_corrections(model)
            .filter(**_between("due_at", start, end))
            .order_by("due_at", "pk")
            .values_list("object_id", "due_at")[:MAX_EVENTS_PER_KIND]
        )
        rows = with_required_relations(model._default_manager.filter(pk__in=due)).defer(*long_text_columns(model))
        found += [make_event(row, due[row.pk], CalendarEventType.CORRECTION) for row in rows]
    return found


def _release_events(user: Any, start: dt.datetime, end: dt.datetime) -> list[CalendarEvent]:
    """Return one event for each release, without its items."""
    if not viewable_models(user, [Release]):
        return []
    rows = Release.objects.filter(stage=Release.Stage.SCHEDULED, **_between("due_at", start, end))
    return [
        make_event(row, row.due_at, CalendarEventType.RELEASE)
        for row in rows.order_by("due_at", "pk")[:MAX_EVENTS_PER_KIND]
        if row.due_at
    ]


def make_event(row: Any, at: dt.datetime, event_type: CalendarEventType) -> CalendarEvent:
    return CalendarEvent(
        at=at, event_type=event_type, text=str(row), kind=kind_name(row), label=row._meta.label, pk=row.pk
    )
