"""The pages of services and hotlines."""

import datetime as dt
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import Organization
from postportal.richtext.references import fill_texts
from postportal.text.collation import sort_key
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import Channel, Hotline, HotlineNumber, Service
from services.models.hours_in_words import (
    changes_in_words,
    dates_in_words,
    state_in_words,
    week_in_words,
    zone_in_words,
)
from services.models.hours_line import read_hours
from services.models.number_dates import ServiceState
from services.models.number_dates_in_words import changes_of_numbers


class HotlineCard(NamedTuple):
    """A hotline as shown at one moment. Without opening hours, `state` and `hours` are blank."""

    hotline: Hotline
    service_state: ServiceState
    is_open: bool | None
    state: str
    hours: list[str]
    special_dates: list[str]
    time_zone: str
    # Sentences about numbers that change, and the number that a retired hotline had.
    changes: list[str]
    last_number: HotlineNumber | None
    channels: list["ChannelLine"]


class ChannelLine(NamedTuple):
    """Another way to reach the hotline, with its own hours in words."""

    channel: Channel
    state: str
    hours: list[str]


class Need(NamedTuple):
    """A reason to call, and the hotline to call."""

    text: str
    hotline: Hotline


class ServiceWithHotlines(NamedTuple):
    """A service with its organization and hotlines, if they are public."""

    service: Service
    organization: Organization | None
    hotline_cards: list[HotlineCard]


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    in_service = Hotline.objects.published(at).in_service(timezone.localdate(at)).for_lists()
    rows = Service.objects.in_order().select_related("organization")
    rows = rows.prefetch_related(Prefetch("hotlines", queryset=in_service, to_attr="public_hotlines"))
    services_with_hotlines = [
        ServiceWithHotlines(
            service,
            _public_or_none(service.organization, at),
            [make_card(hotline, at) for hotline in service.public_hotlines],
        )
        for service in rows
    ]
    # Together: the queries of one text.
    descriptions = fill_texts([row.service.description for row in services_with_hotlines], at=at)
    for row, description in zip(services_with_hotlines, descriptions, strict=True):
        row.service.description = description
    context = {
        "services_with_hotlines": services_with_hotlines,
        "description": meta_descriptions.describe_services(row.service for row in services_with_hotlines),
        "json_ld_data": json_ld.services_json_ld(request, [row.service for row in services_with_hotlines]),
        **time_zone_context([card for row in services_with_hotlines for card in row.hotline_cards]),
    }
    return render(request, "services/services.html", context)


@require_safe
def hotlines(request: HttpRequest) -> HttpResponse:
    at = request_time(request)
    by_state: dict[str, list[HotlineCard]] = {state: [] for state in ServiceState.values}
    for hotline in Hotline.objects.published(at).for_lists():
        card = make_card(hotline, at)
        by_state[card.service_state].append(card)
    active = by_state[ServiceState.IN_SERVICE]
    trail = [(_("Services"), reverse("services:services"))]
    context = {
        "trail": trail,
        "needs": _needs_of(active),
        "hotlines_by_service": [
            (service, list(group)) for service, group in groupby(active, key=lambda card: card.hotline.service)
        ],
        "description": meta_descriptions.describe_hotlines(card.hotline for card in active),
        "planned_hotlines": by_state[ServiceState.PLANNED],
        "retired_hotlines": by_state[ServiceState.RETIRED],
        "json_ld_data": json_ld.hotlines_json_ld(request, [card.hotline for card in active], trail=trail),
        **time_zone_context(active),
    }
    return render(request, "services/hotlines.html", context)


def _needs_of(cards: list[HotlineCard]) -> list[Need]:
    """Return the needs of all hotlines in alphabetical order."""
    needs = [Need(text, card.hotline) for card in cards for text in card.hotline.localized_needs]
    return sorted(needs, key=lambda need: sort_key(need.text))


def make_card(hotline: Hotline, at: dt.datetime) -> HotlineCard:
    """Return the hotline, loaded `for_lists`, with what is said of it at this time."""
    local, timetable = hotline.local(at), hotline.timetable
    state, usual = timetable.state(local), timetable.usual(local.date())
    day = timezone.localdate(at)
    numbers = hotline.show_numbers_of(day)
    return HotlineCard(
        hotline,
        numbers.state,
        state.is_open,
        state_in_words(state, local),
        [*(week_in_words(usual.week) if usual else []), *changes_in_words(timetable, since=local.date())],
        dates_in_words(timetable, since=local.date()),
        zone_in_words(local) if timetable.hours else "",
        changes_of_numbers(numbers, day=day),
        numbers.ended[0].number if numbers.ended else None,
        [_make_channel_line(channel, local) for channel in hotline.channels.all()],
    )


def _make_channel_line(channel: Channel, local: dt.datetime) -> ChannelLine:
    if not channel.hours:
        return ChannelLine(channel, "", [])
    return ChannelLine(
        channel, state_in_words(channel.timetable.state(local), local), week_in_words(read_hours(channel.hours))
    )


def time_zone_context(cards: list[HotlineCard]) -> dict[str, Any]:
    """Return the time zone of all opening hours; if there are several, each card names its own."""
    zones = list(dict.fromkeys(card.time_zone for card in cards if card.time_zone))
    return {"time_zone": zones[0] if len(zones) == 1 else "", "has_several_time_zones": len(zones) > 1}


def _public_or_none(organization: Organization | None, at: dt.datetime) -> Organization | None:
    return organization if organization and organization.is_visible(at) else None
