"""Steps of a handover as readers will see them: the read-back on its form."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from news.models import Appointment, Handover
from postportal.publishing.workflow.publish_times import format_publish_time


@dataclass(frozen=True)
class Seat:
    """A person as readers see them in the position: name, and title with period. Blank for a vacancy."""

    name: str
    title: str = ""


@dataclass
class Step:
    """A moment from which readers see something else."""

    when: str
    seats: list[Seat]
    notes: list[str] = field(default_factory=list)
    is_embargo: bool = False


def timeline_of(handover: Handover, *, today: dt.date) -> list[Step]:
    """Return the steps, the state of today first."""
    planned = handover.appointments()
    leaving, acting, comes = (planned.get(name) for name in ("leaving", "acting", "comes"))
    return [
        _first_step(handover, leaving),
        _announcement(handover, leaving, acting, comes),
        *_changes(leaving, acting, comes, announced=_announced_on(handover, today)),
    ]


def _first_step(handover: Handover, leaving: Appointment | None) -> Step:
    title = handover.position.label
    seat = Seat(str(leaving.person), leaving.job_title) if leaving else Seat(_("Vacant"), title)
    return Step(_("Until then"), [seat], [_("Nothing of the handover on any page, in the search, feeds or the API")])


def _announcement(
    handover: Handover, leaving: Appointment | None, acting: Appointment | None, comes: Appointment | None
) -> Step:
    when = format_publish_time(handover.publish_at) if handover.publish_at else _without_time(handover)
    seats = [Seat(str(leaving.person), f"{leaving.job_title}, {leaving.period}")] if leaving else []
    notes = [f"{row.person}: {row.job_title}, {row.period_ahead}" for row in (acting, comes) if row]
    return Step(when, seats, notes, is_embargo=True)


def _without_time(handover: Handover) -> str:
    if handover.release:
        return _("With the release “%(release)s”") % {"release": handover.release}
    return _("When you enter a time")


def _changes(
    leaving: Appointment | None, acting: Appointment | None, comes: Appointment | None, *, announced: dt.date
) -> list[Step]:
    """Return a step for each day after the announcement on which the holder changes."""
    rows = [row for row in (leaving, acting, comes) if row]
    days = {row.from_on for row in rows if row.from_on} | {row.ends_before for row in rows if row.ends_before}
    steps = []
    for day in sorted(day for day in days if day > announced):
        held = [row for row in rows if row.is_held_on(day)]
        seats = [Seat(str(row.person), row.job_title) for row in held]
        gone = [row for row in rows if row.ends_before == day]
        notes = [_("%(person)s moves to the former holders") % {"person": row.person} for row in gone]
        vacant = Seat(_("Vacant"), rows[0].position.label)
        steps.append(Step(date_format(day, "DATE_FORMAT"), seats or [vacant], notes))
    return steps


def _announced_on(handover: Handover, today: dt.date) -> dt.date:
    return timezone.localdate(handover.publish_at) if handover.publish_at else today
