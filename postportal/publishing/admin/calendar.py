"""The calendar of the staff side by month, week or as a list, and its feed for other calendars."""

import datetime as dt
from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.publishing.calendar.ics import render_ics
from postportal.publishing.calendar.periods import LIST, MONTH, PERIODS, WEEKLY, Period
from postportal.publishing.calendar.schedule import CalendarEvent, calendar_events
from postportal.publishing.calendar.week_ahead import week_ahead
from postportal.publishing.models import CalendarKey, SiteIdentity
from postportal.publishing.workflow.publish_times import personal_zone_name
from postportal.web.conditional import with_content_tag
from postportal.web.date_fields import RangedDateFormField
from postportal.web.date_ranges import RECORD_DAYS
from postportal.web.personal_zone import personal_day
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url, site_origin

CALENDAR_VIEWS = {MONTH: gettext_lazy("Month"), WEEKLY: gettext_lazy("Week"), LIST: gettext_lazy("List")}
# More in one cell would push the weeks below off the screen.
MAX_EVENTS_PER_DAY = 4


class CalendarForm(forms.Form):
    view = forms.ChoiceField(choices=list(CALENDAR_VIEWS.items()), required=False)
    day = RangedDateFormField(required=False)


def calendar_view(request: HttpRequest, new_key: str = "") -> HttpResponse:
    """Show the calendar, and the URL of a feed that has just been created: it is not shown again."""
    form = CalendarForm(request.GET)
    form.is_valid()
    now = request_time(request)
    today = personal_day(now)
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
        "zone_name": personal_zone_name(),
        "calendar_key": CalendarKey.objects.of(request.user),
        "feed_url": _feed_url(request, new_key) if new_key else "",
    }
    return TemplateResponse(request, "admin/publishing/calendar.html", context)


def week_on_home(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the home page shows of the calendar, None for accounts that have nothing in it."""
    now = request_time(request)
    days = week_ahead(request.user, now=now)
    if not days:
        return None
    return {
        "days": [(day, _calendar_url(WEEKLY, day.day)) for day in days],
        "is_empty": not any(day.count for day in days),
        "urls": {view: _calendar_url(view, days[0].day) for view in CALENDAR_VIEWS},
    }


@transaction.atomic
def make_key_view(request: HttpRequest) -> HttpResponse:
    """Give the user a new feed URL. Shown in this response only, so that the key is stored nowhere."""
    if request.method != "POST":
        # After the language was changed on that page.
        return redirect("admin:calendar")
    key = CalendarKey.objects.renew(request.user, at=timezone.now())
    log_action(Action.CALENDAR_MAKE, request=request, item=CalendarKey)
    return calendar_view(request, new_key=key)


@require_POST
@transaction.atomic
def turn_off_view(request: HttpRequest) -> HttpResponseRedirect:
    """Make the user's feed URL stop working."""
    user: Any = request.user
    deleted, _by_model = CalendarKey.objects.filter(user=user).delete()
    if deleted:
        log_action(Action.CALENDAR_REVOKE, request=request, item=CalendarKey)
        messages.success(request, _("Calendar URL turned off. It no longer works."))
    return redirect("admin:calendar")


@require_safe
def feed_view(request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the next year for the account whose key is in the URL, as far as it may see it now."""
    user = CalendarKey.objects.owner_of(key)
    if user is None:
        raise Http404
    now = request_time(request)
    period = PERIODS[LIST](personal_day(now))
    root = site_origin(request)
    name = _("%(site)s: scheduled publications") % {"site": urlsplit(root).netloc}
    events = calendar_events(user, now=now, start=period.start, end=period.end)
    ics = render_ics(events, now=period.start, name=name, root=root, domain=SiteIdentity.load().domain)
    response: HttpResponseBase = HttpResponse(ics, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="scheduled.ics"'
    # Only for the one who subscribed: after the key has been checked, and never in a shared cache.
    patch_cache_control(response, private=True, no_cache=True)
    return with_content_tag(response, request=request)


def _feed_url(request: HttpRequest, key: str) -> str:
    return absolute_url(request, reverse("admin:calendar_feed", args=[key]))


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
