"""Factories for rows of the news app. Without arguments, each makes a valid, public row."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from news.models import (
    Appointment,
    Article,
    Handover,
    Mention,
    Organization,
    Person,
    PlannedChange,
    Position,
    Section,
    Source,
)
from postportal.publishing.models import State

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
DAY = dt.date(2021, 12, 8)
_number = count(1)


def section(name: str = "News", **fields: Any) -> Section:
    found = Section.objects.filter(name=name).first()
    return found or Section.objects.create(name=name, **{"slug": slugify(name), **fields})


def source(name: str = "China Post", **fields: Any) -> Source:
    found = Source.objects.filter(name=name).first()
    return found or Source.objects.create(name=name, **{"slug": slugify(name), **fields})


def article(title: str = "", *, tags: list[str] | None = None, **fields: Any) -> Article:
    title = title or f"Letter round {next(_number)} reopens"
    fields = {"dateline_on": DAY, "state": State.PUBLISHED, "publish_at": LONG_AGO, **fields}
    if "section" not in fields:
        fields["section"] = section()
    row = Article.objects.create(title=title, **fields)
    if tags:
        row.tags.add(*tags)
    return row


def person(family_name: str = "", given_name: str = "Mei", **fields: Any) -> Person:
    family_name = family_name or f"Zhou{next(_number)}"
    slug = fields.pop("slug", slugify(f"{family_name} {given_name}"))
    return Person.objects.create(
        family_name=family_name, given_name=given_name, **{"publish_at": LONG_AGO, "slug": slug, **fields}
    )


def organization(name: str = "", **fields: Any) -> Organization:
    name = name or f"Highland Railway {next(_number)}"
    slug = fields.pop("slug", slugify(name) or f"organization-{next(_number)}")
    return Organization.objects.create(name=name, **{"publish_at": LONG_AGO, "slug": slug, **fields})


def position(label: str = "Director", **fields: Any) -> Position:
    if "organization" not in fields:
        fields["organization"] = organization()
    return Position.objects.create(label=label, **fields)


def appointment(**fields: Any) -> Appointment:
    fields = {"publish_at": LONG_AGO, **fields}
    if "person" not in fields:
        fields["person"] = person()
    if "position" not in fields:
        fields["position"] = position()
    return Appointment.objects.create(**fields)


def handover(**fields: Any) -> Handover:
    """Make a handover of a vacant position to somebody new, unless the fields say who leaves."""
    fields = {"publish_at": LONG_AGO, **fields}
    if "position" not in fields:
        fields["position"] = fields["leaving"].position if "leaving" in fields else position()
    if "comes" not in fields:
        fields["comes"] = person()
    return Handover.objects.create(**{"first_day": DAY, **fields})


def planned_change(**fields: Any) -> PlannedChange:
    if not {"person", "organization", "position"} & fields.keys():
        fields["organization"] = organization()
    day = timezone.localdate() + dt.timedelta(days=90)
    return PlannedChange.objects.create(**{"publish_at": LONG_AGO, "takes_effect_on": day, **fields})


def mention(of: Person | Organization, *, article: Article, **fields: Any) -> Mention:
    kind = "person" if isinstance(of, Person) else "organization"
    return Mention.objects.create(article=article, **{kind: of}, **fields)
