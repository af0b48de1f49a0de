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
from postportal.web.request_time import moment
from services import json_ld, meta_descriptions
from services.models import Hotline, Service
from services.models.hours_in_words import zone_in_words


class Label(NamedTuple):
    """A hotline as it stands at one moment."""

    hotline: Hotline
    is_open: bool | None
    dates: list[str]
    zone: str


class Line(NamedTuple):
    """A line of business with whom to call."""

    service: Service
    organization: Organization | None
    labels: list[Label]


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    at = moment(request)
    in_service = Hotline.objects.published(at).in_service().for_lists()
    rows = Service.objects.in_order().select_related("organization")
    rows = rows.prefetch_related(Prefetch("hotlines", queryset=in_service, to_attr="public_hotlines"))
    lines = [
        Line(
            service,
            _if_public(service.organization, at),
            [_label(hotline, at) for hotline in service.public_hotlines],
        )
        for service in rows
    ]
    context = {
        "lines": lines,
        "description": meta_descriptions.services(line.service for line in lines),
        "structured": json_ld.services(request, [line.service for line in lines]),
        **_zones([label for line in lines for label in line.labels]),
    }
    return render(request, "services/services.html", context)


@require_safe
def hotlines(request: HttpRequest) -> HttpResponse:
    at = moment(request)
    by_status: dict[str, list[Label]] = {status: [] for status in Hotline.Status.values}
    for hotline in Hotline.objects.published(at).for_lists():
        by_status[hotline.status].append(_label(hotline, at))
    active = by_status[Hotline.Status.ACTIVE]
    trail = [(_("Services"), reverse("services:services"))]
    context = {
        "trail": trail,
        "labels": active,
        "description": meta_descriptions.hotlines(label.hotline for label in active),
        "planned": by_status[Hotline.Status.PLANNED],
        "retired": by_status[Hotline.Status.RETIRED],
        "structured": json_ld.hotlines(request, [label.hotline for label in active], trail=trail),
        **_zones(active),
    }
    return render(request, "services/hotlines.html", context)


def _label(hotline: Hotline, at: dt.datetime) -> Label:
    zone = zone_in_words(hotline.local(at)) if hotline.opening_hours.all() else ""
    return Label(hotline, hotline.is_open(at), hotline.dates_in_words(at=at), zone)


def _zones(labels: list[Label]) -> dict[str, Any]:
    """Where all hours are of one time zone it is said once, otherwise on each label."""
    zones = list(dict.fromkeys(label.zone for label in labels if label.zone))
    return {"zone": zones[0] if len(zones) == 1 else "", "has_several_zones": len(zones) > 1}


def _if_public(organization: Organization | None, at: dt.datetime) -> Organization | None:
    return organization if organization and organization.is_visible(at) else None
