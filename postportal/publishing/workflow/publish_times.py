"""Publication times: the suggested time, and times in words."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

DEFAULT_PUBLISH_TIME = dt.time(9, 30)
SATURDAY = 5


def suggest_publish_time(now: dt.datetime) -> dt.datetime:
    """Return 09:30 on the next working day, in the time zone of the portal."""
    day = timezone.localtime(now).date() + dt.timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
    return timezone.make_aware(dt.datetime.combine(day, DEFAULT_PUBLISH_TIME))


def format_publish_time(at: dt.datetime) -> str:
    """Return for example “Tuesday 8 December 2026, 09:30 Beijing time”, with seconds unless they are zero."""
    local = timezone.localtime(at)
    time = local.strftime("%H:%M:%S" if local.second else "%H:%M")
    # Translators: in the letters of Django's date filter.
    day = date_format(local, "WEEKDAY_DATE_FORMAT")
    return _("%(day)s, %(time)s %(zone)s") % {"day": day, "time": time, "zone": zone_name()}


def zone_name() -> str:
    """Return “Beijing time” for the default time zone, or else the name of the zone."""
    name = str(timezone.get_current_timezone())
    return _("Beijing time") if name == "Asia/Shanghai" else name.replace("_", " ")
