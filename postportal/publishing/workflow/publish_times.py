"""Publication times: the suggested time, and times in words."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from postportal.web.personal_zone import in_personal_zone, is_abroad, personal_zone

DEFAULT_PUBLISH_TIME = dt.time(9, 30)
SATURDAY = 5


def suggest_publish_time(now: dt.datetime) -> dt.datetime:
    """Return 09:30 on the next working day, in the time zone of the portal."""
    day = timezone.localtime(now).date() + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, DEFAULT_PUBLISH_TIME))


def format_publish_time(at: dt.datetime) -> str:
    """Return for example “Tuesday 8 December 2026, 09:30 Beijing time”, with seconds unless they are zero.

    Somebody in another time zone also reads the time there, with the day if it is another one."""
    local = timezone.localtime(at)
    text = _("%(day)s, %(time)s %(zone)s") % _facts(local, zone_name())
    if not is_abroad():
        return text
    own = in_personal_zone(at)
    facts = {"text": text, **_facts(own, personal_zone_name())}
    if own.date() == local.date():
        return _("%(text)s (%(time)s %(zone)s)") % facts
    return _("%(text)s (%(day)s, %(time)s %(zone)s)") % facts


def zone_name() -> str:
    """Return “Beijing time” for the default time zone, or else the name of the zone."""
    return _name_of(timezone.get_current_timezone())


def personal_zone_name() -> str:
    """Return the name of the time zone in which the person types times."""
    return _name_of(personal_zone())


def _name_of(zone: dt.tzinfo) -> str:
    name = str(zone)
    return _("Beijing time") if name == "Asia/Shanghai" else name.replace("_", " ")


def _facts(local: dt.datetime, zone: str) -> dict[str, str]:
    # Translators: in the letters of Django's date filter.
    day = date_format(local, "WEEKDAY_DATE_FORMAT")
    return {"day": day, "time": local.strftime("%H:%M:%S" if local.second else "%H:%M"), "zone": zone}
