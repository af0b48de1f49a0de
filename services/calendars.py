"""Stamp programmes as calendars (iCalendar, RFC 5545): all days of issue, those of a year, or one."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from news.models.partial_dates import Precision
from postportal.pages.models import SiteSettings
from postportal.publishing.models import SiteIdentity
from postportal.publishing.visibility import public_or_404
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.models import StampIssue

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


def _calendar_response(request: HttpRequest, rows: list[StampIssue], *, title: str, file_name: str) -> HttpResponse:
    site = localized_text(SiteSettings.for_request(request), "name")
    calendar = Calendar()
    calendar.add("prodid", "-//PostPortal//Stamp programme//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("%(list)s - %(site)s") % {"list": title, "site": site})
    identity = SiteIdentity.load()
    for row in rows:
        calendar.add_component(_event(request, row, uid=identity.uri_of(StampIssue, row.pk)))
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
