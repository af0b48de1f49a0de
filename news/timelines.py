"""Offices, names and events of a person or an organization as one list, in the order of their days."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Appointment, FormerParent, Organization, Person, Succession
from news.models.partial_dates import format_partial_date
from news.succession_chain import neighbours_of
from postportal.web.languages import localized_text

# Labels before the name of another organization, by kind of succession.
PREDECESSOR_LABELS = {
    "renamed": gettext_lazy("Formerly"),
    "merged": gettext_lazy("Merged from"),
    "split": gettext_lazy("Split off from"),
}
SUCCESSOR_LABELS = {
    "renamed": gettext_lazy("Renamed to"),
    "merged": gettext_lazy("Merged into"),
    "split": gettext_lazy("Split off"),
}


@dataclass(frozen=True)
class Entry:
    """One line: when, as exactly as it is known, what, and what it leads to."""

    when: str
    text: str
    url: str = ""
    link: str = ""


# With the day by which an entry sorts. Those of no known day come first: they are the oldest.
_Dated = tuple[dt.date | None, Entry]


def timeline_of_person(person: Person, appointments: Iterable[Appointment], *, today: dt.date) -> list[Entry]:
    """Return the public offices that have begun, and the former names. Reads `names`."""
    rows: list[_Dated] = [(row.held_from, _office(row)) for row in appointments if row.held_from <= today]
    return _in_order([*rows, *_names(person)])


def timeline_of_organization(
    organization: Organization,
    *,
    appointments: Iterable[Appointment],
    former_parents: Iterable[FormerParent],
    successions: Iterable[Succession],
    today: dt.date,
) -> list[Entry]:
    """Return its foundation and dissolution, names, parents, predecessors and successors, and the public office
    holders. `successions` are the public changes. Reads `names`."""
    entries: list[_Dated] = [(row.held_from, _holder(row)) for row in appointments if row.held_from <= today]
    entries += [
        *_names(organization),
        *_parents(former_parents),
        *_changes(organization, successions),
        *_life(organization),
    ]
    return _in_order(entries)


def _in_order(entries: list[_Dated]) -> list[Entry]:
    """Return the entries, the oldest first. Of one entry alone, the page says it elsewhere."""
    ordered = [entry for _day, entry in sorted(entries, key=lambda pair: pair[0] or dt.date.min)]
    return ordered if len(ordered) > 1 else []


def _office(row: Appointment) -> Entry:
    organization = row.position.organization
    return Entry(row.period, row.job_title, organization.get_absolute_url(), str(organization))


def _holder(row: Appointment) -> Entry:
    return Entry(row.period, row.job_title, row.person.get_absolute_url(), row.person.display_name)


def _names(row: Person | Organization) -> list[_Dated]:
    return [
        (
            name.from_on or name.until_on,
            Entry(name.period, _("Name: %(name)s") % {"name": localized_text(name, "name")}),
        )
        for name in row.names.all()
        if name.kind == "former" and (name.from_on or name.until_on)
    ]


def _parents(rows: Iterable[FormerParent]) -> list[_Dated]:
    return [
        (row.from_on or row.until_on, Entry(row.period, _("Part of"), row.parent.get_absolute_url(), str(row.parent)))
        for row in rows
    ]


def _changes(organization: Organization, successions: Iterable[Succession]) -> list[_Dated]:
    predecessors, successors = neighbours_of(organization, successions)
    others = [(row, row.predecessor, PREDECESSOR_LABELS) for row in predecessors]
    others += [(row, row.successor, SUCCESSOR_LABELS) for row in successors]
    found: list[_Dated] = []
    for row, other, labels in others:
        if row.happened_on:
            when = format_partial_date(row.happened_on, row.happened_precision)
            found.append((row.happened_on, Entry(when, str(labels[row.kind]), other.get_absolute_url(), str(other))))
    return found


def _life(row: Organization) -> list[_Dated]:
    days = (
        (row.founded_on, row.founded_precision, _("Founded")),
        (row.dissolved_on, row.dissolved_precision, _("Dissolved")),
    )
    return [(day, Entry(format_partial_date(day, precision), text)) for day, precision, text in days if day]
