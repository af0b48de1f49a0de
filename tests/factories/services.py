"""Factories for rows of the services app. Without arguments, each makes a valid, public row."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils.text import slugify

from postportal.publishing.models import State
from services.models import (
    CatalogueReference,
    Credit,
    Hotline,
    HotlineNumber,
    OpeningHours,
    Product,
    Service,
    Stamp,
    StampIssue,
)

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
FIRST_DAY = dt.date(2026, 3, 20)
_number = count(1)


def service(name: str = "", **fields: Any) -> Service:
    name = name or f"Letters {next(_number)}"
    return Service.objects.create(name=name, **{"slug": slugify(name), **fields})


def hotline(purpose: str = "", **fields: Any) -> Hotline:
    purpose = purpose or f"Parcels {next(_number)}"
    if "service" not in fields:
        fields["service"] = service()
    slug = fields.pop("slug", slugify(purpose) or f"hotline-{next(_number)}")
    return Hotline.objects.create(purpose=purpose, **{"publish_at": LONG_AGO, "slug": slug, **fields})


def short_code_number(hotline: Hotline, *, short_code: str = "11185", **fields: Any) -> HotlineNumber:
    fields = {"region": "CN", "scope": HotlineNumber.Scope.DOMESTIC, "order": 1, **fields}
    return HotlineNumber.objects.create(hotline=hotline, short_code=short_code, **fields)


def number_from_abroad(hotline: Hotline, *, e164: str = "+861011185", **fields: Any) -> HotlineNumber:
    fields = {"scope": HotlineNumber.Scope.ABROAD, "order": 2, **fields}
    return HotlineNumber.objects.create(hotline=hotline, e164=e164, **fields)


def opening_hours(hotline: Hotline, *, days: str, times: str = "") -> list[OpeningHours]:
    """Make opening hours. `days` is "0-4", "5" or a date, `times` is "09:00-17:00" or "" for closed."""
    opens, _, closes = times.partition("-")
    fields: dict[str, Any] = {"is_closed": not times}
    if times:
        fields |= {"opens": dt.time.fromisoformat(opens), "closes": dt.time.fromisoformat(closes)}
    if len(days) == 10:
        return [OpeningHours.objects.create(hotline=hotline, date=dt.date.fromisoformat(days), **fields)]
    first, _, last = days.partition("-")
    weekdays = range(int(first), int(last or first) + 1)
    return [OpeningHours.objects.create(hotline=hotline, weekday=weekday, **fields) for weekday in weekdays]


def stamp_issue(title: str = "", *, tags: list[str] | None = None, **fields: Any) -> StampIssue:
    number = next(_number)
    title = title or f"Mail roads {number}"
    fields = {"state": State.PUBLISHED, "publish_at": LONG_AGO, "issued_on": FIRST_DAY, **fields}
    if "slug" not in fields and not fields.get("number"):
        fields["slug"] = f"{slugify(title)[:80] or 'issue'}-{number}"
    row = StampIssue.objects.create(title=title, **fields)
    if tags:
        row.tags.add(*tags)
    return row


def stamp(issue: StampIssue, *, position: int = 1, **fields: Any) -> Stamp:
    return Stamp.objects.create(issue=issue, position=position, **{"name": f"Courier {position}", **fields})


def product(issue: StampIssue, **fields: Any) -> Product:
    return Product.objects.create(issue=issue, **fields)


def credit(issue: StampIssue, *, name: str = "He Lan", **fields: Any) -> Credit:
    return Credit.objects.create(issue=issue, name=name, **fields)


def catalogue_reference(issue: StampIssue, *, number: str = "1204", **fields: Any) -> CatalogueReference:
    return CatalogueReference.objects.create(issue=issue, number=number, **{"catalogue": "michel", **fields})
