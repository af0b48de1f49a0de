"""Times for machines: JSON-LD, sitemaps, feeds, the API and the attribute `datetime` of pages."""

import datetime as dt

from django.utils import timezone

_MINUTE = dt.timedelta(minutes=1)


def iso_time(moment: dt.datetime | None) -> str:
    """Return the time in ISO 8601, to the second, with the offset of the portal's time zone; "" for None.

    Before standard time, each place had its own (Shanghai until 1900: +08:05:43). ISO 8601, RFC 3339, HTML and
    schema.org know no seconds in an offset, so such a time is given in UTC."""
    if moment is None:
        return ""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    if (local.utcoffset() or dt.timedelta()) % _MINUTE:
        local = local.astimezone(dt.UTC)
    return local.isoformat(timespec="seconds")
