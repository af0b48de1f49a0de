"""The time zone in which the person of a request reads and types times. Only the pages of staff have one.

It is not the current time zone of Django, which stays that of the portal: deadlines, validity and the pages that
readers see go by the portal's days, wherever the person is. So only what shows or reads a time for staff asks here:
times themselves, and the days into which the calendar, filters and lists sort them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.templatetags.tz import do_timezone
from django.utils import timezone

_zone: ContextVar[dt.tzinfo | None] = ContextVar("personal_zone", default=None)
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@contextmanager
def use_zone(name: str) -> Iterator[None]:
    """Show and read times in the zone of this name until the end of the block. Without one, in that of the portal."""
    token = _zone.set(zone_of(name))
    try:
        yield
    finally:
        _zone.reset(token)


def zone_of(name: str) -> dt.tzinfo | None:
    """Return the zone, None if there is none of that name (any more)."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def personal_zone() -> dt.tzinfo:
    return _zone.get() or timezone.get_current_timezone()


def is_abroad() -> bool:
    """Return True if the person has another zone than the portal."""
    return str(personal_zone()) != str(timezone.get_current_timezone())


def in_personal_zone(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment, personal_zone())


def personal_day(moment: dt.datetime | None = None) -> dt.date:
    """Return the date that the person's clock shows at the moment, or now."""
    return timezone.localdate(moment, personal_zone())


def day_start(day: dt.date) -> dt.datetime:
    """Return when the day begins for the person: where clocks go forward at midnight, at one o'clock."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), personal_zone())


def staff_time(moment: Any) -> Any:
    """Return the time for templates, which convert others to the zone of the portal."""
    return do_timezone(moment, personal_zone()) if isinstance(moment, dt.datetime) else moment


@cache
def zone_names() -> tuple[str, ...]:
    """Return the zones to choose from: places, without old names such as “Navajo”."""
    places = {name for name in available_timezones() if name.partition("/")[0] in REGIONS and "/" in name}
    return ("UTC", *sorted(places))
