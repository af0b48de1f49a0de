"""The calendar of the staff side by month, week or as a list, and its feed for other calendars."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from postportal.publishing.calendar.ics import make_token, render_ics, token_owner
from postportal.publishing.calendar.periods import LIST, MONTH, PERIODS, WEEKLY, Period
from postportal.publishing.calendar.schedule import CalendarEvent, calendar_events
from postportal.publishing.models import SiteIdentity
from postportal.publishing.workflow.publish_times import zone_name
from postportal.web.date_fields import RangedDateFormField
from postportal.web.date_ranges import RECORD_DAYS
from postportal.web.request_time import request_time

CALENDAR_VIEWS = {MONTH: gettext_lazy("Month"), WEEKLY: gettext_lazy("Week"), LIST: gettext_lazy("List")}
# More in one cell would push the weeks below off the screen.
MAX_EVENTS_PER_DAY = 4


class CalendarForm(forms.Form):
    view = forms.ChoiceField(choices=list(CALENDAR_VIEWS.items()), required=False)
    day = RangedDateFormField(required=False)


def calendar_view(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.GET)
    form.is_valid()
    now = request_time(request)
    today = timezone.localdate(now)
    view = form.cleaned_data.get("view") or MONTH
    day = form.cleaned_data.get("day") or today
    period = PERIODS[view](day)
    events = calendar_events(request.user, now=now, start=period.start, end=period.end)
    cells = _day_cells(period, events, today=today)
    context = {
        **admin.site.each_context(request),
        "title": _("Calendar"),
        "view": view,
        "period": period,
        "tabs": [(label, _calendar_url(name, day), name == view) for name, label in CALENDAR_VIEWS.items()],
        "previous_url": _calendar_url(view, period.previous),
        "next_url": _calendar_url(view, period.next),
        "today_url": _calendar_url(view, today),
        "weeks": [[cells[each] for each in row] for row in period.weeks],
        "days": [cells[each] for each in period.days],
        "weekdays": [date_format(each, "l") for each in PERIODS[WEEKLY](today).days],
        "events": events,
        "is_empty": not events,
        "time_zone": zone_name(),
        "feed_url": request.build_absolute_uri(reverse("admin:calendar_feed", args=[make_token(request.user)])),
    }
    return TemplateResponse(request, "admin/publishing/calendar.html", context)


@never_cache
def feed_view(request: HttpRequest, token: str) -> HttpResponse:
    """Return the next year for the account whose token is in the URL, as far as it may see it now."""
    user = token_owner(token)
    if user is None:
        raise Http404
    now = request_time(request)
    period = PERIODS[LIST](timezone.localdate(now))
    name = _("%(site)s: scheduled publications") % {"site": request.get_host()}
    root = request.build_absolute_uri("/").rstrip("/")
    events = calendar_events(user, now=now, start=period.start, end=period.end)
    ics = render_ics(events, now=now, name=name, root=root, domain=SiteIdentity.load().domain)
    response = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="scheduled.ics"'
    # A private URL must not reach others through a link.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar_url(view: str, day: dt.date) -> str:
    return f"{reverse('admin:calendar')}?view={view}&day={RECORD_DAYS.clamp(day).isoformat()}"


def _day_cells(period: Period, events: list[CalendarEvent], *, today: dt.date) -> dict[dt.date, dict[str, Any]]:
    """Return the context of each day in the weeks of the period."""
    by_day: dict[dt.date, list[CalendarEvent]] = defaultdict(list)
    for event in events:
        by_day[event.day].append(event)
    return {
        day: {
            "day": day,
            "is_inside": period.first <= day <= period.last,
            "is_today": day == today,
            "events": by_day[day],
            "first": by_day[day][:MAX_EVENTS_PER_DAY],
            "more": max(0, len(by_day[day]) - MAX_EVENTS_PER_DAY),
            "url": _calendar_url(WEEKLY, day),
        }
        for row in period.weeks
        for day in row
    }
