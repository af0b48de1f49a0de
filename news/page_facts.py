"""Names, changes and other organizations on the pages of people and organizations, in one query."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from news.announced_changes import announced_changes
from news.models import (
    FormerParent,
    Organization,
    OrganizationName,
    Person,
    PersonName,
    PlannedChange,
    Position,
    Section,
    Succession,
)
from news.succession_chain import public_successions
from postportal.web.read_together import Parts, ReadTogether, fill_prefetched

_PERIOD = ("from_on", "from_precision", "until_on", "until_precision")
_NAME = ("pk", "name", "name_zh", "kind", "language", *_PERIOD)
_ORGANIZATION = ("pk", "name", "name_zh", "slug", "sort_key")
_NEW_NAME = ("pk", "takes_effect_on", "takes_effect_precision", "new_name", "new_given_name", "new_name_zh")
_OF_ORGANIZATION = (
    *("new_parent", "new_parent__name", "new_parent__name_zh", "is_dissolution"),
    *("position", "position__label", "position__label_zh"),
)
_CHANGE = ("pk", "kind", "happened_on", "happened_precision")

Rows = dict[str, list[dict[str, Any]]]


def facts_of_person(person: Person, *, at: dt.datetime) -> dict[str, Any]:
    """Return the announced changes of the person. Fills `names`."""
    rows = _of_person.read(person.pk, at)
    fill_prefetched(person, "names", _names(PersonName, rows, person=person))
    return {"planned_changes": [_planned(each, person=person) for each in _by_day(rows["planned"])]}


def facts_of_organization(organization: Organization, *, at: dt.datetime) -> dict[str, Any]:
    """Return the announced changes of the organization and its positions, its former parents, its parts, and the public
    changes of all organizations; also all sections. Fills `names`."""
    rows = _of_organization.read(organization.pk, at)
    fill_prefetched(organization, "names", _names(OrganizationName, rows, organization=organization))
    parts = sorted(rows["parts"], key=lambda each: (each["sort_key"], each["pk"]))
    return {
        "planned_changes": [_planned(each, organization=organization) for each in _by_day(rows["planned"])],
        "former_parents": _former_parents(organization, rows["former_parents"]),
        "suborganizations": [Organization(**each, parent=organization) for each in parts],
        "successions": [_succession(each) for each in rows["successions"]],
        "sections": [
            Section(**each) for each in sorted(rows["sections"], key=lambda each: (each["order"], each["name"]))
        ],
    }


def _parts_of_person(pk: int, at: dt.datetime) -> Parts:
    return {
        "names": (PersonName.objects.filter(person=pk), _NAME),
        "planned": (announced_changes(at).filter(person=pk), _NEW_NAME),
    }


def _parts_of_organization(pk: int, at: dt.datetime) -> Parts:
    public = Organization.objects.published(at)
    planned = announced_changes(at).filter(Q(organization=pk) | Q(position__organization=pk))
    ends = (f"{end}__{name}" for end in ("predecessor", "successor") for name in _ORGANIZATION)
    return {
        "names": (OrganizationName.objects.filter(organization=pk), _NAME),
        "planned": (planned, (*_NEW_NAME, *_OF_ORGANIZATION)),
        "former_parents": (
            FormerParent.objects.filter(organization=pk, parent__in=public),
            ("pk", *_PERIOD, *(f"parent__{name}" for name in _ORGANIZATION)),
        ),
        "parts": (public.filter(parent=pk), _ORGANIZATION),
        "successions": (public_successions(at), (*_CHANGE, *ends)),
        "sections": (Section.objects.all(), ("pk", "name", "name_zh", "slug", "order")),
    }


_of_person = ReadTogether(_parts_of_person, takes=(int, dt.datetime))
_of_organization = ReadTogether(_parts_of_organization, takes=(int, dt.datetime))


def _names(model: Any, rows: Rows, **owner: Any) -> list[Any]:
    return [model(**each, **owner) for each in sorted(rows["names"], key=lambda each: (each["kind"], each["name"]))]


def _by_day(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda each: (each["takes_effect_on"], each["pk"]))


def _planned(values: dict[str, Any], *, person: Any = None, organization: Any = None) -> PlannedChange:
    row = PlannedChange(**{name: values[name] for name in _NEW_NAME}, person=person)
    if organization:
        row.is_dissolution = bool(values["is_dissolution"])
        row.new_parent = _organization(values, "new_parent", pk=values["new_parent"])
        if values["position"]:
            labels = {"label": values["position__label"], "label_zh": values["position__label_zh"]}
            row.position = Position(pk=values["position"], organization=organization, **labels)
        else:
            row.organization = organization
    return row


def _former_parents(organization: Organization, rows: Iterable[dict[str, Any]]) -> list[FormerParent]:
    """Return the former parents, the latest first."""
    found = []
    for values in rows:
        period = {name: values[name] for name in ("pk", *_PERIOD)}
        row = FormerParent(**period, organization=organization, parent=_organization(values, "parent"))
        row.derive_dates()
        found.append(row)
    found.sort(key=lambda row: row.pk)
    return sorted(found, key=lambda row: row.ends_before or dt.date.max, reverse=True)


def _succession(values: dict[str, Any]) -> Succession:
    ends = {end: _organization(values, end) for end in ("predecessor", "successor")}
    return Succession(**{name: values[name] for name in _CHANGE}, **ends)


def _organization(values: dict[str, Any], prefix: str, *, pk: int | None = 0) -> Organization | None:
    """Return the organization in the columns with the prefix, None if there is none."""
    if pk is None:
        return None
    columns = {name: values[f"{prefix}__{name}"] for name in _ORGANIZATION if f"{prefix}__{name}" in values}
    return Organization(**({"pk": pk} | columns if pk else columns))
