"""The page of current and past service notices."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.pages.models import ServiceNotice
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.request_time import request_time
from services.models import HotlineNumber
from services.notices import days_in_words, load_details, place_in_words, public_notices

MAX_PAST = 100


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
