"""Rules about appointments to the same position: who can hold it at the same time, and within which dates."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.models.partial_dates import format_partial_date
from news.models.position import Position

if TYPE_CHECKING:
    from news.models.appointment import Appointment


def lock_position(position: Position) -> None:
    """Make others who save appointments to this position wait for the end of the transaction, if there is one, so that
    two forms are not checked against each other's past. On SQLite, a transaction locks out all other writers."""
    if transaction.get_connection().in_atomic_block:
        Position.objects.select_for_update().filter(pk=position.pk).first()


def must_overlap(one: "Appointment", other: "Appointment") -> bool:
    """Return True if both are held on the same day whatever their unknown dates were."""
    return _ends_after(one, other.begins_by) and _ends_after(other, one.begins_by)


def refuse_overlaps(appointment: "Appointment", *, others: Sequence["Appointment"]) -> None:
    """Refuse the appointment if these others to the same position leave no place for it."""
    _refuse_same_person(appointment, others)
    _refuse_taken_seats(appointment, others)


def others_in_position(appointment: "Appointment") -> list["Appointment"]:
    """Return the other appointments to the same position that are stored."""
    rows = type(appointment).objects.filter(position=appointment.position).exclude(pk=appointment.pk)
    return list(rows.select_related("person", "position__organization").order_by("begins_by", "pk"))


def _refuse_same_person(appointment: "Appointment", others: Sequence["Appointment"]) -> None:
    """Refuse the appointment if the same person certainly holds the same position meanwhile."""
    for other in others:
        if other.person == appointment.person and must_overlap(appointment, other):
            text = _("%(person)s already holds this position (%(period)s).")
            raise ValidationError(
                {"from_on": ValidationError(text, "twice", {"person": other.person, "period": other.period})}
            )


def _refuse_taken_seats(appointment: "Appointment", others: Sequence["Appointment"]) -> None:
    """Refuse the appointment if more people would certainly hold the position on some day than it has seats. Those who
    act take no seat: they stand in for a holder."""
    rivals = [row for row in others if row.is_acting == appointment.is_acting]
    holders = _holders_of_all_seats(appointment, [row for row in rivals if must_overlap(appointment, row)])
    if holders:
        names = "; ".join(f"{row.person} ({row.period})" for row in holders)
        text = _(
            "%(person)s (%(period)s) would hold this position at the same time as %(others)s. "
            "End one appointment first."
        )
        values = {"person": appointment.person, "period": appointment.period, "others": names}
        raise ValidationError({"from_on": ValidationError(text, "seats", values)})


def require_lifetime(appointment: "Appointment") -> None:
    """Refuse an appointment that begins before the organization was founded, or ends after it was dissolved."""
    organization = appointment.position.organization
    if organization.founded_on and appointment.begins_by < organization.founded_on:
        founded = format_partial_date(organization.founded_on, organization.founded_precision)
        text = _("%(organization)s was founded later: %(founded)s.")
        values = {"organization": organization, "founded": founded}
        field = "from_on" if appointment.from_on else "attested_on"
        raise ValidationError({field: ValidationError(text, "before_founding", values)})
    starts_late = organization.ended_before and appointment.held_from >= organization.ended_before
    ends_late = organization.ended_before and (appointment.lasts_until or dt.date.min) >= organization.ended_before
    if starts_late or ends_late:
        dissolved = format_partial_date(organization.dissolved_on, organization.dissolved_precision)
        text = _("%(organization)s was dissolved earlier: %(dissolved)s.")
        values = {"organization": organization, "dissolved": dissolved}
        field = "until_on" if ends_late else "from_on"
        raise ValidationError({field: ValidationError(text, "after_dissolution", values)})


def _holders_of_all_seats(appointment: "Appointment", rivals: list["Appointment"]) -> list["Appointment"]:
    """Return those who hold all seats on the first day on which none is left, or none."""
    seats = appointment.position.seats
    if seats == 1:
        return rivals
    for day in sorted({max(appointment.begins_by, row.begins_by) for row in rivals}):
        holders = [row for row in rivals if row.begins_by <= day and _ends_after(row, day)]
        if len(holders) >= seats:
            return holders
    return []


def _ends_after(row: "Appointment", day: dt.date) -> bool:
    return row.lasts_until is None or row.lasts_until >= day
