"""Calendars (iCalendar, RFC 5545): the days of issue of all stamps, of a year or of one issue, and service notices."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from news.models.partial_dates import Precision
from postportal.pages.models import ServiceNotice, SiteSettings
from postportal.publishing.models import SiteIdentity
from postportal.publishing.visibility import public_or_404
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.models import StampIssue
from services.notices import fallback_in_words, load_details, notice_url, place_in_words, public_notices

MAX_EVENTS = 1000


@require_safe
def programme_calendar(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Return the days of issue of a year, or the latest and next ones of all years."""
    issues = StampIssue.objects.published(request_time(request)).filter(issued_precision=Precision.DAY)
    issues = issues.filter(issued_on__isnull=False, is_cancelled=False)
    if year is not None:
        issues = issues.of_year(year)
    rows = list(issues.newest_first().for_lists()[:MAX_EVENTS])
    if year is not None and not rows:
        raise Http404(_("There is no stamp programme for %(year)s.") % {"year": year})
    title = _("Stamp programme %(year)s") % {"year": year} if year else _("Stamp programme")
    return _calendar_response(request, rows, title=title, file_name=f"stamps-{year}" if year else "stamps")


@require_safe
def issue_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    issue = public_or_404(request, StampIssue.objects.for_lists(), slug=slug)
    if issue.first_day is None:
        raise Http404(_("The day of issue is not known."))
    return _calendar_response(request, [issue], title=issue.display_title, file_name=f"stamps-{issue.pk}")


@require_safe
def notice_calendar(request: HttpRequest) -> HttpResponse:
    """Return the public service notices with a first day, newest first."""
    at = request_time(request)
    rows = list(public_notices(at).filter(begins_on__isnull=False)[:MAX_EVENTS])
    load_details(rows, at=at)
    identity = SiteIdentity.load()
    events = [_notice_event(request, row, uid=identity.uri_of(ServiceNotice, row.pk)) for row in rows]
    return _respond(request, events, product="Service notices", title=_("Service notices"), file_name="service-notices")


def _calendar_response(request: HttpRequest, rows: list[StampIssue], *, title: str, file_name: str) -> HttpResponse:
    identity = SiteIdentity.load()
    events = [_event(request, row, uid=identity.uri_of(StampIssue, row.pk)) for row in rows]
    return _respond(request, events, product="Stamp programme", title=title, file_name=file_name)


def _respond(request: HttpRequest, events: list[Event], *, product: str, title: str, file_name: str) -> HttpResponse:
    site = localized_text(SiteSettings.for_request(request), "name")
    calendar = Calendar()
    calendar.add("prodid", f"-//PostPortal//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("%(list)s - %(site)s") % {"list": title, "site": site})
    for event in events:
        calendar.add_component(event)
    response = HttpResponse(bytes(calendar.to_ical()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.ics"'
    return response


def _event(request: HttpRequest, row: StampIssue, *, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    changed = max(filter(None, [row.publish_at, row.changed_at, row.withdrawn_at]))
    event.add("dtstamp", changed.astimezone(dt.UTC))
    event.add("dtstart", row.issued_on)
    event.add("summary", str(row))
    if row.is_cancelled or row.is_withdrawn(request_time(request)):
        # Calendars that have the day strike it through.
        event.add("status", "CANCELLED")
    else:
        event.add("description", row.standfirst)
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute_url(request, row.get_absolute_url()))
    return event


def _notice_event(request: HttpRequest, row: ServiceNotice, *, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", (row.publish_at or request_time(request)).astimezone(dt.UTC))
    event.add("dtstart", row.begins_on)
    if row.ends_on:
        # The end of an event is the day after its last.
        event.add("dtend", row.ends_on + dt.timedelta(days=1))
    event.add("summary", row.text)
    event.add("location", place_in_words(row))
    event.add("description", fallback_in_words(row))
    event.add("transp", "TRANSPARENT")
    event.add("url", absolute_url(request, notice_url(row)))
    return event
