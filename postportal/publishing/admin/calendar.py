"""The calendar of the staff side: month, week, list, and the feed for calendars elsewhere."""

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

from postportal.publishing.calendar.ics import calendar_of, owner_of, token_of
from postportal.publishing.calendar.periods import LIST, MONTH, PERIODS, WEEKLY, Period
from postportal.publishing.calendar.schedule import Event, events
from postportal.publishing.workflow.publish_times import zone_name
from postportal.web.request_time import moment

VIEWS = {MONTH: gettext_lazy("Month"), WEEKLY: gettext_lazy("Week"), LIST: gettext_lazy("List")}
# Days far outside have no neighbours that the calendar could lead to.
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2999, 1, 1)
# More than that in a cell hides the weeks below it.
IN_CELL = 4


class CalendarForm(forms.Form):
    view = forms.ChoiceField(choices=list(VIEWS.items()), required=False)
    day = forms.DateField(required=False)

    def clean_day(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["day"]
        return day if day is None or EARLIEST <= day <= LATEST else None


def calendar(request: HttpRequest) -> HttpResponse:
    form = CalendarForm(request.GET)
    form.is_valid()
    now = moment(request)
    today = timezone.localdate(now)
    view = form.cleaned_data.get("view") or MONTH
    day = form.cleaned_data.get("day") or today
    period = PERIODS[view](day)
    found = events(request.user, now=now, start=period.start, end=period.end)
    cells = _cells(period, found, today=today)
    context = {
        **admin.site.each_context(request),
        "title": _("What is scheduled"),
        "view": view,
        "period": period,
        "tabs": [(label, _address(name, day), name == view) for name, label in VIEWS.items()],
        "before": _address(view, period.before),
        "after": _address(view, period.after),
        "to_today": _address(view, today),
        "weeks": [[cells[each] for each in row] for row in period.weeks],
        "days": [cells[each] for each in period.days],
        "weekdays": [date_format(each, "l") for each in PERIODS[WEEKLY](today).days],
        "events": found,
        "is_empty": not found,
        "zone": zone_name(),
        "feed": request.build_absolute_uri(reverse("admin:calendar_feed", args=[token_of(request.user)])),
    }
    return TemplateResponse(request, "admin/desk/calendar.html", context)


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The next year for the account that the address belongs to, by its rights of this moment."""
    user = owner_of(token)
    if user is None:
        raise Http404
    now = moment(request)
    period = PERIODS[LIST](timezone.localdate(now))
    name = _("%(site)s: what is scheduled") % {"site": request.get_host()}
    root = request.build_absolute_uri("/").rstrip("/")
    found = events(user, now=now, start=period.start, end=period.end)
    response = HttpResponse(
        calendar_of(found, now=now, name=name, root=root), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'inline; filename="scheduled.ics"'
    # A private address must not reach others through a link.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def _address(view: str, day: dt.date) -> str:
    return f"{reverse('admin:calendar')}?view={view}&day={day.isoformat()}"


def _cells(period: Period, found: list[Event], *, today: dt.date) -> dict[dt.date, dict[str, Any]]:
    """What stands in each day of the rows of the period."""
    by_day: dict[dt.date, list[Event]] = defaultdict(list)
    for event in found:
        by_day[event.day].append(event)
    return {
        day: {
            "day": day,
            "is_inside": period.first <= day <= period.last,
            "is_today": day == today,
            "events": by_day[day],
            "first": by_day[day][:IN_CELL],
            "more": max(0, len(by_day[day]) - IN_CELL),
            "address": _address(WEEKLY, day),
        }
        for row in period.weeks
        for day in row
    }
