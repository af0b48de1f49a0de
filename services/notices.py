"""Service notices as readers see them: current and past ones, with the number to call instead."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from postportal.pages.models import ServiceNotice
from postportal.pages.models.service_notice import ServiceNoticeQuerySet
from services.models import Hotline, Service


def public_notices(at: dt.datetime) -> ServiceNoticeQuerySet:
    """Return the public notices in the active language, newest first."""
    return ServiceNotice.objects.published(at).filter(language=get_language()).newest_first()


def load_details(notices: Sequence[ServiceNotice], *, at: dt.datetime) -> None:
    """Load the services of the notices and, if it is public, the hotline to call instead with its numbers of the
    day."""
    hotlines = Hotline.objects.published(at).with_current_numbers(timezone.localdate(at))
    services = Service.objects.in_order()
    prefetch_related_objects(
        notices, Prefetch("services", queryset=services), Prefetch("fallback_hotline", queryset=hotlines)
    )


def notice_url(notice: ServiceNotice) -> str:
    """Return the URL of the notice on the list of notices."""
    return f"{reverse('services:notices')}#notice-{notice.pk}"


def days_in_words(notice: ServiceNotice) -> str:
    """Return “20 March 2026 to 1 April 2026”, “From 20 March 2026”, or "" if no day is known."""
    if notice.begins_on is None:
        return ""
    first = date_format(notice.begins_on)
    if notice.ends_on is None:
        return _("From %(day)s") % {"day": first}
    if notice.ends_on == notice.begins_on:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(notice.ends_on)}


def place_in_words(notice: ServiceNotice) -> str:
    """Return the services and areas in one line."""
    return _("; ").join(filter(None, [_(", ").join(str(row) for row in notice.services.all()), notice.areas]))


def fallback_in_words(notice: ServiceNotice) -> str:
    """Return which number to call instead, "" if there is none on this day."""
    hotline = notice.fallback_hotline
    number = hotline.main_number if hotline else None
    return _("Call instead: %(hotline)s, %(number)s") % {"hotline": hotline, "number": number} if number else ""
