"""Predecessors and successors of an organization over several steps: renamed, merged, split, renamed back."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from news.models import Organization, Succession
from news.models.partial_dates import format_partial_date
from postportal.publishing.models import visibility


def public_successions(at: dt.datetime) -> QuerySet[Succession]:
    """Return the changes of which readers see both organizations."""
    public = visibility(Organization, at, prefix="predecessor__") & visibility(Organization, at, prefix="successor__")
    return Succession.objects.filter(public)


def chain_of(organization: Organization, rows: list[Succession]) -> list[Succession]:
    """Return those of all public changes that led to the organization and that followed, the earliest first. Those of
    unknown date come last."""
    before = _reached(rows, organization.pk, come_from="successor_id", go_to="predecessor_id")
    after = _reached(rows, organization.pk, come_from="predecessor_id", go_to="successor_id")
    found = {row.pk: row for row in [*before, *after]}
    return sorted(found.values(), key=lambda row: (row.happened_on or dt.date.max, row.pk))


def neighbours_of(organization: Organization, rows: Iterable[Succession]) -> tuple[list[Succession], list[Succession]]:
    """Return those of the changes with a predecessor, and with a successor of the organization, by their names."""
    found = [row for row in rows if organization.pk in (row.predecessor_id, row.successor_id)]
    before = [row for row in found if row.successor_id == organization.pk]
    after = [row for row in found if row.predecessor_id == organization.pk]
    return (
        sorted(before, key=lambda row: (row.predecessor.sort_key, row.predecessor_id)),
        sorted(after, key=lambda row: (row.successor.sort_key, row.successor_id)),
    )


def steps_of(chain: Iterable[Succession]) -> list[tuple[Organization, Organization, str]]:
    """Return (before, after, what happened and when) for each change."""
    return [(row.predecessor, row.successor, ", ".join(filter(None, _facts(row)))) for row in chain]


def _facts(row: Succession) -> tuple[str, str]:
    return str(row.get_kind_display()), format_partial_date(row.happened_on, row.happened_precision)


def _reached(rows: list[Succession], start: int, *, come_from: str, go_to: str) -> list[Succession]:
    """Return the changes on all ways from the start, in one direction. A circle, such as a name that came back, ends
    where it began."""
    keys, found = {start}, []
    while level := [row for row in rows if getattr(row, come_from) in keys and row not in found]:
        found += level
        keys = {getattr(row, go_to) for row in level}
    return found
