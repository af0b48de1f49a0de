"""Factories for rows of the services app. Without arguments, each makes a valid, public row."""

import datetime as dt
from itertools import count
from typing import Any

from django.utils.text import slugify

from postportal.publishing.models import State
from services.models import (
    CatalogueReference,
    Channel,
    Credit,
    Holiday,
    HolidayCalendar,
    Hotline,
    HotlineNumber,
    OpeningHours,
    PartnerStamp,
    Product,
    Service,
    Stamp,
    StampIssue,
)
from services.models.hours_line import DAYS
from tests.factories import news

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


def planned_hotline(purpose: str = "", *, short_code: str = "11191", **fields: Any) -> Hotline:
    """Make a hotline whose number is in service from 2990 on."""
    row = hotline(purpose, **fields)
    short_code_number(row, short_code=short_code, valid_from=dt.date(2990, 1, 1))
    return row


def retired_hotline(purpose: str = "", *, short_code: str = "11100", **fields: Any) -> Hotline:
    """Make a hotline whose number was in service until 2020."""
    row = hotline(purpose, **fields)
    short_code_number(row, short_code=short_code, valid_until=dt.date(2020, 12, 31))
    return row


def short_code_number(hotline: Hotline, *, short_code: str = "11185", **fields: Any) -> HotlineNumber:
    fields = {"region": "CN", "scope": HotlineNumber.Scope.DOMESTIC, "order": 1, **fields}
    return HotlineNumber.objects.create(hotline=hotline, short_code=short_code, **fields)


def number_from_abroad(hotline: Hotline, *, e164: str = "+861011185", **fields: Any) -> HotlineNumber:
    fields = {"scope": HotlineNumber.Scope.ABROAD, "order": 2, **fields}
    return HotlineNumber.objects.create(hotline=hotline, e164=e164, **fields)


def opening_hours(hotline: Hotline, *, days: str, times: str = "", **fields: Any) -> OpeningHours:
    """Make opening hours. `days` is "0-4", "5" or a date, `times` is "09:00-17:00" or "" for closed. Those of weekdays
    are added to the usual hours."""
    if len(days) == 10:
        day = dt.date.fromisoformat(days)
        fields = {"hours": times or "closed", "valid_from": day, "valid_until": day, **fields}
        return OpeningHours.objects.create(hotline=hotline, **fields)
    names = "-".join(DAYS[int(day)] for day in days.split("-"))
    usual = OpeningHours.objects.filter(hotline=hotline, valid_from=None, valid_until=None).first()
    row = usual or OpeningHours(hotline=hotline)
    row.hours = "; ".join(filter(None, [row.hours, f"{names} {times or 'off'}"]))
    row.save()
    return row


def channel(hotline: Hotline, **fields: Any) -> Channel:
    return Channel.objects.create(hotline=hotline, **{"kind": "email", "address": "help@post.example", **fields})


def holiday_calendar(name: str = "", *, holidays: dict[str, str] | None = None) -> HolidayCalendar:
    """Make a calendar. `holidays` are names by dates: {"2026-10-01": "New Year"} or {"2026-10-01/2026-10-07": "…"}."""
    calendar = HolidayCalendar.objects.create(name=name or f"Holidays {next(_number)}")
    for days, holiday in (holidays or {}).items():
        first, _, last = days.partition("/")
        last_on = dt.date.fromisoformat(last) if last else None
        Holiday.objects.create(calendar=calendar, name=holiday, first_on=dt.date.fromisoformat(first), last_on=last_on)
    return calendar


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


def partner_stamp(issue: StampIssue, **fields: Any) -> PartnerStamp:
    if "partner" not in fields:
        fields["partner"] = news.organization()
    return PartnerStamp.objects.create(issue=issue, **{"name": f"Dragon boat {next(_number)}", **fields})


def product(issue: StampIssue, **fields: Any) -> Product:
    return Product.objects.create(issue=issue, **fields)


def credit(issue: StampIssue, *, name: str = "He Lan", **fields: Any) -> Credit:
    return Credit.objects.create(issue=issue, name=name, **fields)


def catalogue_reference(issue: StampIssue, *, number: str = "1204", **fields: Any) -> CatalogueReference:
    return CatalogueReference.objects.create(issue=issue, number=number, **{"catalogue": "michel", **fields})
