"""Appointments as the pages of people and organizations list them."""

import datetime as dt
from collections.abc import Iterable

from news.models import Appointment, Person


def by_person(appointments: Iterable[Appointment]) -> list[tuple[Person, list[Appointment]]]:
    """Return each person once, in the order of the first appointment, with all their appointments in the list."""
    people: dict[int, tuple[Person, list[Appointment]]] = {}
    for row in appointments:
        people.setdefault(row.person_id, (row.person, []))[1].append(row)
    return list(people.values())


def group_appointments(appointments: Iterable[Appointment], *, today: dt.date) -> dict[str, list[Appointment]]:
    """Return the template variables for current, future and former appointments, as seen on the day `today`."""
    rows = list(appointments)
    return {
        "current_appointments": [row for row in rows if row.is_held_on(today)],
        "future_appointments": [row for row in rows if row.held_from > today and not row.is_over_on(today)],
        "former_appointments": [row for row in rows if row.is_over_on(today)],
    }
