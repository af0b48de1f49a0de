"""Lines of business, and whom to call."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Organization
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import Hotline, Service
from services.models.hours_in_words import zone_in_words


class HotlineCard(NamedTuple):
    """A hotline as it stands at one moment."""

    hotline: Hotline
    is_open: bool | None
    special_dates: list[str]
    zone: str


class ServiceWithHotlines(NamedTuple):
    """A line of business with whom to call."""

    service: Service
    organization: Organization | None
    hotline_cards: list[HotlineCard]


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    in_service = Hotline.objects.published(at).in_service().for_lists()
    rows = Service.objects.in_order().select_related("organization")
    rows = rows.prefetch_related(Prefetch("hotlines", queryset=in_service, to_attr="public_hotlines"))
    lines = [
        ServiceWithHotlines(
            service,
            _public_or_none(service.organization, at),
            [_make_card(hotline, at) for hotline in service.public_hotlines],
        )
        for service in rows
    ]
    context = {
        "lines": lines,
        "description": meta_descriptions.describe_services(line.service for line in lines),
        "structured": json_ld.services_json_ld(request, [line.service for line in lines]),
        **_time_zone_context([label for line in lines for label in line.hotline_cards]),
    }
    return render(request, "services/services.html", context)


@require_safe
def hotlines(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    by_status: dict[str, list[HotlineCard]] = {status: [] for status in Hotline.Status.values}
    for hotline in Hotline.objects.published(at).for_lists():
        by_status[hotline.status].append(_make_card(hotline, at))
    active = by_status[Hotline.Status.ACTIVE]
    trail = [(_("Services"), reverse("services:services"))]
    context = {
        "trail": trail,
        "labels": active,
        "description": meta_descriptions.describe_hotlines(label.hotline for label in active),
        "planned": by_status[Hotline.Status.PLANNED],
        "retired": by_status[Hotline.Status.RETIRED],
        "structured": json_ld.hotlines_json_ld(request, [label.hotline for label in active], trail=trail),
        **_time_zone_context(active),
    }
    return render(request, "services/hotlines.html", context)


def _make_card(hotline: Hotline, at: dt.datetime) -> HotlineCard:
    zone = zone_in_words(hotline.local(at)) if hotline.opening_hours.all() else ""
    return HotlineCard(hotline, hotline.is_open(at), hotline.dates_in_words(at=at), zone)


def _time_zone_context(labels: list[HotlineCard]) -> dict[str, Any]:
    """Where all hours are of one time zone it is said once, otherwise on each label."""
    zones = list(dict.fromkeys(label.zone for label in labels if label.zone))
    return {"zone": zones[0] if len(zones) == 1 else "", "has_several_zones": len(zones) > 1}


def _public_or_none(organization: Organization | None, at: dt.datetime) -> Organization | None:
    return organization if organization and organization.is_visible(at) else None
