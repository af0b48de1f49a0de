"""The page, the feed and the calendar of service notices."""

import datetime as dt
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from postportal.pages.models import ServiceNotice, SiteSettings
from postportal.publishing.models import SiteIdentity
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.feeds import ServiceNoticeFeed, notice_url
from services.models import HotlineNumber
from services.notices import days_in_words, fallback_in_words, load_details, place_in_words, public_notices

MAX_PAST = 100
MAX_EVENTS = 100


class NoticeRow(NamedTuple):
    """A notice with its days and places in words, and the number to call instead."""

    notice: ServiceNotice
    days: str
    place: str
    number: HotlineNumber | None


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    public, day = public_notices(at), timezone.localdate(at)
    current, past = list(public.current(day)), list(public.past(day)[:MAX_PAST])
    load_details([*current, *past], at=at)
    trail = [(_("Services"), reverse("services:services"))]
    context = {
        "trail": trail,
        "current_notices": [_make_row(row) for row in current],
        "past_notices": [_make_row(row) for row in past],
        "json_ld_data": [breadcrumb_json_ld(request, trail)],
    }
    return render(request, "services/notices.html", context)


def _make_row(notice: ServiceNotice) -> NoticeRow:
    hotline = notice.fallback_hotline
    return NoticeRow(notice, days_in_words(notice), place_in_words(notice), hotline.main_number if hotline else None)


@require_safe
def notice_feed(request: HttpRequest, feed_format: str) -> HttpResponseBase:
    return ServiceNoticeFeed(request, feed_format)(request, at=request_time(request))


@require_safe
def notice_calendar(request: HttpRequest) -> HttpResponse:
    """Return the public notices with a first day as iCalendar (RFC 5545)."""
    site = localized_text(SiteSettings.for_request(request), "name")
    calendar = Calendar()
    calendar.add("prodid", "-//PostPortal//Service notices//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("%(list)s - %(site)s") % {"list": _("Service notices"), "site": site})
    identity = SiteIdentity.load()
    at = request_time(request)
    rows = list(public_notices(at).filter(begins_on__isnull=False)[:MAX_EVENTS])
    load_details(rows, at=at)
    for row in rows:
        calendar.add_component(_event(request, row, uid=identity.uri_of(ServiceNotice, row.pk)))
    response = HttpResponse(bytes(calendar.to_ical()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="service-notices.ics"'
    return response


def _event(request: HttpRequest, row: ServiceNotice, *, uid: str) -> Event:
    event = Event()
    facts: dict[str, Any] = {
        "uid": uid,
        "dtstamp": row.publish_at.astimezone(dt.UTC),
        "dtstart": row.begins_on,
        "summary": row.text,
        "description": fallback_in_words(row),
        "location": place_in_words(row),
        "transp": "TRANSPARENT",
        "url": absolute_url(request, notice_url(row)),
    }
    if row.ends_on:
        # The end of an event is the day after its last.
        facts["dtend"] = row.ends_on + dt.timedelta(days=1)
    for name, value in facts.items():
        event.add(name, value)
    return event
