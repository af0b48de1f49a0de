"""What happened to an item: its revisions and the steps of the work, in one list that costs the same at any length."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.functions import Cast

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.publishing.models import Publishable, Revision

TIMELINE_ACTIONS = (
    *(Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.PUBLISH, Action.FORCE_PUBLISH, Action.REVIEW),
    *(Action.SCHEDULE, Action.UNSCHEDULE, Action.WITHDRAW, Action.UNPUBLISH, Action.RESTORE, Action.DISCARD),
    Action.RELEASE,
)
# How a restored revision stands in the log; in the timeline the revision speaks for itself.
RESTORED_VERSION_PREFIX = "version "


@dataclass(frozen=True)
class TimelineEntry:
    """Either a revision or a step."""

    at: dt.datetime
    actor_name: str
    revision: Revision | None = None
    step: Entry | None = None


def timeline_of(item: Publishable) -> QuerySet[Any, Any]:
    """Moment, number and kind of everything that happened to the item, the newest first."""
    revisions = Revision.objects.of(item).order_by()
    steps = Entry.objects.filter(item_label=item._meta.label_lower, item_key=str(item.pk), action__in=TIMELINE_ACTIONS)
    steps = steps.exclude(action=Action.RESTORE, detail__startswith=RESTORED_VERSION_PREFIX).order_by()
    found = _columns(revisions, "revision").union(_columns(steps, "step"), all=True)
    return found.order_by("-at", "-event_kind", "-event_key")


def load_entries(item: Publishable, page: list[tuple[dt.datetime, int, str]]) -> list[TimelineEntry]:
    """What stands behind a page of events: three queries."""
    numbers = [key for _, key, kind in page if kind == "revision"]
    found = Revision.objects.of(item).for_history().filter(number__in=numbers)
    revisions = {revision.number: revision for revision in found}
    steps = Entry.objects.in_bulk([key for _, key, kind in page if kind == "step"])
    people = get_user_model().objects.in_bulk({step.actor_id for step in steps.values() if step.actor_id})
    happened = []
    for at, key, kind in page:
        if kind == "revision":
            happened.append(TimelineEntry(at, full_name_or_username(revisions[key].by), revision=revisions[key]))
        else:
            step = steps[key]
            happened.append(
                TimelineEntry(at, full_name_or_username(people.get(step.actor_id)) or step.actor_name, step=step)
            )
    return happened


def full_name_or_username(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _columns(rows: Any, kind: str) -> QuerySet[Any, Any]:
    columns: QuerySet[Any, Any] = rows.annotate(
        event_key=Cast("number", BigIntegerField()), event_kind=Value(kind, CharField())
    ).values_list("at", "event_key", "event_kind")
    return columns
