"""Offices of an organization and its parts on a day: who held them, under which names, and which were vacant."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from news.announced_changes import ChangesUntil
from news.models import Appointment, FormerParent, Organization, Person, Position
from news.models.names_in_time import used_on
from postportal.web.languages import localized_text

# Levels below the organization.
MAX_DEPTH = 3


@dataclass(frozen=True)
class Holder:
    """A person in office on the day, under the name and title of the day."""

    person: Person
    name: str
    title: str
    period: str


@dataclass(frozen=True)
class Office:
    """A position on the day. Without holders, it was vacant if that is certain."""

    title: str
    holders: list[Holder]
    is_vacant: bool


@dataclass(frozen=True)
class Unit:
    """An organization on the day, with its offices and the parts that existed then."""

    organization: Organization
    name: str
    offices: list[Office]
    units: list["Unit"] = field(default_factory=list)


def leadership_on(organization: Organization, day: dt.date, *, at: dt.datetime) -> Unit:
    """Return what the register says, to readers at the time `at`, about the offices on the day. The number of queries
    does not depend on the size of the organization."""
    changes = ChangesUntil(day, at=at)
    offices = Prefetch("positions", queryset=_positions(at), to_attr="offices")
    by_parent: dict[int | None, list[Organization]] = {}
    parents = {organization.pk: None, **_parents_below(organization, day, changes)}
    rows = Organization.objects.published(at).filter(pk__in=parents).by_name()
    for row in rows.prefetch_related("names", offices):
        _apply(changes, row)
        by_parent.setdefault(parents[row.pk], []).append(row)
    return _unit(by_parent[None][0], day, by_parent, depth=0)


def _apply(changes: ChangesUntil, row: Any) -> None:
    """Give the organization, its positions and their holders what has been announced for the day."""
    changes.apply(row)
    for position in row.offices if changes.rows else ():
        changes.apply(position)
        for appointment in position.public_appointments:
            changes.apply(appointment.person)


def _parents_below(organization: Organization, day: dt.date, changes: ChangesUntil) -> dict[int, int]:
    """Return the parts of the organization on the day, and their parts, each with its parent, from two queries."""
    now = Organization.objects.exclude(parent=None).values_list("pk", "parent")
    parent_of: dict[int, int] = dict(now)
    former: dict[int, list[FormerParent]] = {}
    for row in FormerParent.objects.order_by("pk"):
        former.setdefault(row.organization_id, []).append(row)
    for key, rows in former.items():
        if on_day := used_on(rows, day):
            parent_of[key] = on_day.parent_id
    parent_of |= changes.parents
    found: dict[int, int] = {}
    level = {organization.pk}
    for _depth in range(MAX_DEPTH):
        parts = {key: parent for key, parent in parent_of.items() if parent in level}
        parts = {key: parent for key, parent in parts.items() if key not in found and key != organization.pk}
        found |= parts
        level = set(parts)
    return found


def holder_on(appointment: Appointment, day: dt.date) -> Holder:
    """Return the person under the names of the day. Reads the former names of the person and the position."""
    name = localized_text(appointment.person.names_on(day), "name")
    return Holder(appointment.person, name, appointment.job_title_on(day), appointment.period)


def was_vacant(appointments: Iterable[Appointment], day: dt.date) -> bool:
    """Return True if nobody can have held the position on the day: somebody had left before, and the start of everybody
    who came later is known."""
    rows = list(appointments)
    later = [row for row in rows if not row.is_over_on(day)]
    return any(row.is_over_on(day) for row in rows) and all(row.from_on and row.from_on > day for row in later)


def _positions(at: dt.datetime) -> QuerySet[Position]:
    public = Appointment.objects.published(at).select_related("person", "position__organization")
    appointments = Prefetch(
        "appointments",
        queryset=public.order_by("is_acting", "held_from", "pk").prefetch_related("person__names"),
        to_attr="public_appointments",
    )
    return Position.objects.order_by("rank", "label", "pk").prefetch_related("former_labels", appointments)


def _unit(row: Organization, day: dt.date, by_parent: dict[int | None, list[Organization]], *, depth: int) -> Unit:
    parts = [part for part in by_parent.get(row.pk, []) if part.exists_on(day)] if depth < MAX_DEPTH else []
    units = [_unit(part, day, by_parent, depth=depth + 1) for part in parts]
    offices = list(_offices(row, day)) if row.exists_on(day) else []
    return Unit(row, localized_text(row.names_on(day), "name"), offices, units)


def _offices(row: Organization, day: dt.date) -> Iterator[Office]:
    for position in row.offices:  # type: ignore[attr-defined]
        rows = position.public_appointments
        if not rows:
            # A new position would announce an appointment that is not public yet.
            continue
        title = localized_text(position.labels_on(day), "name")
        held = []
        for appointment in rows:
            appointment.position = position
            if appointment.is_held_on(day):
                held.append(holder_on(appointment, day))
        yield Office(title, held, is_vacant=not held and was_vacant(rows, day))
