"""Timeline of an item: its revisions and workflow steps in one list, loaded page by page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.functions import Cast

from postportal.audit.actions import Action
from postportal.audit.models import Entry
from postportal.publishing.models import Revision, Versioned
from postportal.publishing.versions import actors
from postportal.publishing.workflow.definitions import STEPS
from postportal.staff.account_names import full_name_or_username

# A restored version is not among them: its revision is in the list.
_ACTIONS = (
    *(step.log_action for step in STEPS.values()),
    *(Action.RELEASE, Action.AUTHORS, Action.HAND_OVER, Action.ASSIGN),
)


@dataclass(frozen=True)
class TimelineEntry:
    """A revision or a workflow step."""

    at: dt.datetime
    actor_name: str
    revision: Revision | None = None
    step: Entry | None = None


def timeline_of(item: Versioned) -> QuerySet[Any, Any]:
    """Return time, number and kind of every revision and step of the item, the newest first."""
    revisions = Revision.objects.of(item).order_by()
    steps = Entry.objects.filter(item_label=item._meta.label_lower, item_key=str(item.pk), action__in=_ACTIONS)
    events = _columns(revisions, "revision").union(_columns(steps.order_by(), "step"), all=True)
    return events.order_by("-at", "-event_kind", "-event_key")


def load_entries(item: Versioned, page: list[tuple[dt.datetime, int, str]]) -> list[TimelineEntry]:
    """Load the revisions and steps of a page of `timeline_of`, in three queries."""
    numbers = [key for _, key, kind in page if kind == "revision"]
    loaded = Revision.objects.of(item).for_history().filter(number__in=numbers)
    revisions = {revision.number: revision for revision in loaded}
    steps = Entry.objects.in_bulk([key for _, key, kind in page if kind == "step"])
    people = get_user_model().objects.in_bulk({step.actor_id for step in steps.values() if step.actor_id})
    entries = []
    for at, key, kind in page:
        if kind == "revision":
            revision = revisions[key]
            entries.append(TimelineEntry(at, actors.actor_name(revision), revision=revision))
        else:
            step = steps[key]
            # The account may have been deleted since.
            actor_name = full_name_or_username(people.get(step.actor_id)) or step.actor_name
            entries.append(TimelineEntry(at, actor_name, step=step))
    return entries


def _columns(rows: Any, kind: str) -> QuerySet[Any, Any]:
    columns: QuerySet[Any, Any] = rows.annotate(
        event_key=Cast("number", BigIntegerField()), event_kind=Value(kind, CharField())
    ).values_list("at", "event_key", "event_kind")
    return columns
