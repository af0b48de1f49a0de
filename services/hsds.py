"""Public services and hotlines in the shape of HSDS 3 (Open Referral), and hotlines as vCards."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.models import Organization
from postportal.publishing.models import SiteIdentity
from postportal.publishing.visibility import public_or_404
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.vcard import Property, vcard_response, write_vcard
from services.models import Channel, Hotline, HotlineNumber, OpeningHours, Service
from services.models.hours_in_words import week_in_words
from services.models.hours_line import Span

Hsds = dict[str, Any]
# Days of RFC 5545.
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PHONE_TYPES: dict[str, str] = {Channel.Kind.FAX.value: "fax", Channel.Kind.TEXT_RELAY.value: "textphone"}


@require_safe
def hsds(request: HttpRequest) -> HttpResponse:
    """Return all services with their hotlines of today."""
    return JsonResponse({"services": services_of(request)}, json_dumps_params={"ensure_ascii": False})


@require_safe
def hotline_vcard(request: HttpRequest, slug: str) -> HttpResponse:
    at = request_time(request)
    related = ("service", "numbers", "channels", "opening_hours")
    hotline = public_or_404(request, Hotline.objects.all(), prefetch=related, slug=slug)
    return vcard_response([_card(request, hotline, timezone.localdate(at))], file_name=f"hotline-{hotline.pk}")


@require_safe
def hotlines_vcard(request: HttpRequest) -> HttpResponse:
    """Return the hotlines in service as one file."""
    at = request_time(request)
    day = timezone.localdate(at)
    rows = Hotline.objects.published(at).in_service(day).for_lists()
    return vcard_response([_card(request, row, day) for row in rows], file_name="hotlines")


def services_of(request: HttpRequest) -> list[Hsds]:
    """Return the services with what readers may know of them. The number of queries does not depend on theirs."""
    at, identity = request_time(request), SiteIdentity.load()
    day = timezone.localdate(at)
    in_service = Hotline.objects.published(at).in_service(day).for_lists()
    rows = Service.objects.in_order().select_related("organization")
    rows = rows.prefetch_related(Prefetch("hotlines", queryset=in_service, to_attr="public_hotlines"))
    return [_service(request, row, identity, at=at, day=day) for row in rows]


def _service(request: HttpRequest, row: Any, identity: SiteIdentity, *, at: dt.datetime, day: dt.date) -> Hsds:
    organization = row.organization if row.organization and row.organization.is_visible(at) else None
    hotlines = row.public_hotlines
    return {
        "id": identity.uri_of(Service, row.pk),
        "name": localized_text(row, "name"),
        "description": localized_text(row, "summary"),
        "url": absolute_url(request, row.get_absolute_url()),
        "status": "active",
        "organization": _organization(organization, identity) if organization else None,
        "contacts": [_contact(hotline, identity, day) for hotline in hotlines],
        "phones": [phone for hotline in hotlines for phone in _phones(hotline, identity, day)],
        "schedules": [row for hotline in hotlines for row in _schedules(hotline, identity, day)],
        "service_at_locations": [_at_location(request, hotline, identity, day) for hotline in hotlines],
        "languages": _languages([code for hotline in hotlines for code in hotline.languages.split(",")]),
    }


def _at_location(request: HttpRequest, row: Hotline, identity: SiteIdentity, day: dt.date) -> Hsds:
    """Return one way to reach the service: a virtual location, with its own telephones and hours."""
    uri = identity.uri_of(Hotline, row.pk)
    return {
        "id": f"{uri}/service",
        "description": localized_text(row, "purpose"),
        "location": {
            "id": f"{uri}/location",
            "location_type": "virtual",
            "name": localized_text(row, "purpose"),
            "url": absolute_url(request, row.get_absolute_url()),
        },
        "contacts": [_contact(row, identity, day)],
        "phones": _phones(row, identity, day),
        "schedules": _schedules(row, identity, day),
    }


def _organization(row: Organization, identity: SiteIdentity) -> Hsds:
    return {"id": identity.uri_of(Organization, row.pk), "name": str(row), "website": row.website}


def _contact(row: Hotline, identity: SiteIdentity, day: dt.date) -> Hsds:
    emails = [channel.address for channel in row.channels.all() if channel.kind == Channel.Kind.EMAIL]
    return {
        "id": identity.uri_of(Hotline, row.pk),
        "department": localized_text(row, "purpose"),
        "email": emails[0] if emails else None,
        "phones": _phones(row, identity, day),
    }


def _phones(row: Hotline, identity: SiteIdentity, day: dt.date) -> list[Hsds]:
    languages = _languages(row.languages.split(","))
    numbers = [
        {
            "id": identity.uri_of(HotlineNumber, number.pk),
            "number": number.e164 or number.short_code,
            "extension": number.extension or None,
            "type": "voice",
            "description": f"{localized_text(row, 'purpose')} ({number.get_scope_display()})",
            "languages": languages,
        }
        for number in row.numbers.all()
        if number.is_valid_on(day)
    ]
    channels = [
        {
            "id": identity.uri_of(Channel, channel.pk),
            "number": channel.address,
            "extension": None,
            "type": _PHONE_TYPES[channel.kind],
            "description": localized_text(row, "purpose"),
            "languages": _languages(channel.languages.split(",")),
        }
        for channel in row.channels.all()
        if channel.kind in _PHONE_TYPES
    ]
    return numbers + channels


def _schedules(row: Hotline, identity: SiteIdentity, day: dt.date) -> list[Hsds]:
    return [
        {
            "id": f"{identity.uri_of(OpeningHours, hours.pk)}/{number}",
            "description": localized_text(row, "purpose"),
            "timezone": row.time_zone,
            "freq": "WEEKLY",
            "valid_from": hours.valid_from.isoformat() if hours.valid_from else None,
            "valid_to": hours.valid_until.isoformat() if hours.valid_until else None,
            **times,
        }
        for hours in row.opening_hours.all()
        if hours.valid_until is None or hours.valid_until >= day
        for number, times in enumerate(_spans(hours), start=1)
    ]


def _spans(hours: OpeningHours) -> list[Hsds]:
    """Return the times of the week, the days with the same ones together."""
    days: dict[Span, list[str]] = {}
    for name, spans in zip(DAYS, hours.week, strict=True):
        for span in spans:
            days.setdefault(span, []).append(name)
    return [
        {"byday": ",".join(names), "opens_at": _time(span.opens), "closes_at": _time(span.closes)}
        for span, names in days.items()
    ]


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _languages(codes: list[str]) -> list[Hsds]:
    return [{"code": code} for code in dict.fromkeys(filter(None, codes))]


def _card(request: HttpRequest, row: Hotline, day: dt.date) -> str:
    row.show_numbers_of(day)
    usual = [hours for hours in row.opening_hours.all() if not hours.valid_from and not hours.valid_until]
    notes = [localized_text(row, "note"), *(line for hours in usual for line in week_in_words(hours.week))]
    emails = [channel.address for channel in row.channels.all() if channel.kind == Channel.Kind.EMAIL]
    return write_vcard(
        [
            Property("KIND", ("org",)),
            Property("FN", (localized_text(row, "purpose"),)),
            Property("ORG", (str(row.service),)),
            *(Property("TEL", (number.href,), ';VALUE=uri;TYPE="voice,work"') for number in row.current_numbers),
            *(Property("EMAIL", (address,)) for address in emails),
            *(Property("LANG", (code,)) for code in row.languages.split(",")),
            Property("NOTE", ("\n".join(filter(None, notes)),)),
            Property("TZ", (row.time_zone,)),
            Property("URL", (absolute_url(request, row.get_absolute_url()),)),
            Property("UID", (SiteIdentity.load().uri_of(Hotline, row.pk),)),
        ]
    )
