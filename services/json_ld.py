"""JSON-LD (schema.org) of the pages of services and stamps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from postportal.pages.models import SiteSettings
from postportal.web.iso_times import iso_time
from postportal.web.json_ld import Trail, breadcrumb_json_ld
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from services.hours_json_ld import opening_hours_json_ld
from services.models import Channel, Credit, Hotline, Service, Stamp, StampIssue

SCHEMA_ORG = "https://schema.org"
# Other roles are `creator`.
CREDIT_PROPERTIES = {Credit.Role.EDITOR.value: "editor", Credit.Role.PRINTER.value: "producer"}

JsonLd = dict[str, Any]


def hotlines_json_ld(request: HttpRequest, rows: list[Hotline], *, trail: Trail) -> list[JsonLd]:
    site = SiteSettings.for_request(request)
    operator = {
        "@context": SCHEMA_ORG,
        "@type": "Organization",
        "name": localized_text(site, "name"),
        "url": absolute_url(request, reverse("home")),
        "contactPoint": [point for row in rows for point in _contact_points(row, at=request_time(request))],
    }
    return [operator, breadcrumb_json_ld(request, trail)]


def services_json_ld(request: HttpRequest, rows: list[Service]) -> list[JsonLd]:
    items = [
        {
            "@type": "Service",
            "name": str(row),
            "description": localized_text(row, "summary"),
            "url": absolute_url(request, row.get_absolute_url()),
        }
        for row in rows
    ]
    return [{"@context": SCHEMA_ORG, "@type": "ItemList", "itemListElement": items}, breadcrumb_json_ld(request, [])]


def programme_json_ld(request: HttpRequest, rows: Iterable[StampIssue], *, trail: Trail) -> list[JsonLd]:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": row.display_title,
            "url": absolute_url(request, row.get_absolute_url()),
        }
        for position, row in enumerate(rows, start=1)
    ]
    return [{"@context": SCHEMA_ORG, "@type": "ItemList", "itemListElement": items}, breadcrumb_json_ld(request, trail)]


def issue_json_ld(request: HttpRequest, row: StampIssue, *, issue_credits: list[Credit], trail: Trail) -> list[JsonLd]:
    if row.is_withdrawn(request_time(request)):
        return [breadcrumb_json_ld(request, trail)]
    picture = row.lead_image or next((stamp.image for stamp in row.stamps.all() if stamp.image), None)
    facts = {
        "@context": SCHEMA_ORG,
        "@type": "Collection",
        "name": row.display_title,
        "alternateName": row.other_script_title,
        "identifier": row.serial,
        "url": absolute_url(request, row.get_absolute_url()),
        "description": row.standfirst,
        "datePublished": row.issued_iso or None,
        "dateModified": iso_time(row.updated_at),
        "image": picture and absolute_url(request, picture.open_graph_source.url),
        "keywords": [tag.name for tag in row.tags.all()],
        **_credit_facts(request, issue_credits),
        "hasPart": [_stamp_facts(request, stamp) for stamp in row.stamps.all()],
    }
    return [facts, breadcrumb_json_ld(request, trail)]


def stamp_json_ld(request: HttpRequest, row: Stamp, *, trail: Trail) -> list[JsonLd]:
    issue = row.issue
    if issue.is_withdrawn(request_time(request)):
        return [breadcrumb_json_ld(request, trail)]
    collection = {
        "@type": "Collection",
        "name": issue.display_title,
        "identifier": issue.serial,
        "url": absolute_url(request, issue.get_absolute_url()),
    }
    facts = {
        "@context": SCHEMA_ORG,
        **_stamp_facts(request, row),
        "datePublished": issue.issued_iso or None,
        "isPartOf": collection,
    }
    return [facts, breadcrumb_json_ld(request, trail)]


def _stamp_facts(request: HttpRequest, row: Stamp) -> JsonLd:
    return {
        "@type": "CreativeWork",
        "additionalType": "https://www.wikidata.org/wiki/Q37930",
        "name": row.display_name,
        "alternateName": row.other_script_name,
        "identifier": row.wns_number,
        "position": row.position,
        "description": row.description,
        "url": absolute_url(request, row.get_absolute_url()),
        "image": row.image and absolute_url(request, row.image.open_graph_source.url),
    }


def _credit_facts(request: HttpRequest, issue_credits: list[Credit]) -> JsonLd:
    facts: JsonLd = {}
    for credit in issue_credits:
        subject = credit.public_subject(request_time(request))
        is_company = credit.organization_id is not None or credit.role == Credit.Role.PRINTER
        contributor = {
            "@type": "Organization" if is_company else "Person",
            "name": credit.name,
            "url": subject and absolute_url(request, subject.get_absolute_url()),
        }
        facts.setdefault(CREDIT_PROPERTIES.get(credit.role, "creator"), []).append(contributor)
    return facts


def _contact_points(row: Hotline, *, at: dt.datetime) -> list[JsonLd]:
    """Return one contact point for the telephone and one for each other channel."""
    telephone = [_contact_point(row, at=at)] if row.current_numbers else []
    return [*telephone, *(_channel_point(row, channel, at=at) for channel in row.channels.all())]


def _channel_point(row: Hotline, channel: Channel, *, at: dt.datetime) -> JsonLd:
    """Return the contact point of a channel. Schema.org knows email, fax, telephone and URL; a WeChat account has only
    a name."""
    properties = {"email": "email", "fax": "faxNumber", "relay": "telephone", "chat": "url", "wechat": "identifier"}
    return {
        "@type": "ContactPoint",
        "name": f"{row}, {channel.get_kind_display()}",
        "contactType": "customer service",
        "contactOption": f"{SCHEMA_ORG}/HearingImpairedSupported" if channel.kind == Channel.Kind.TEXT_RELAY else None,
        properties[channel.kind]: channel.address,
        "availableLanguage": [code for code in channel.languages.split(",") if code],
        "hoursAvailable": opening_hours_json_ld(channel.timetable, since=row.local(at).date()) if channel.hours else [],
    }


def _contact_point(row: Hotline, *, at: dt.datetime) -> JsonLd:
    """Return the telephone service with all its numbers, so that the hours are said once."""
    numbers = row.current_numbers
    return {
        "@type": "ContactPoint",
        "name": str(row),
        "contactType": "customer service",
        "telephone": [number.href.removeprefix("tel:") for number in numbers],
        "areaServed": list(dict.fromkeys(number.region for number in numbers if number.region)),
        "availableLanguage": [code for code in row.languages.split(",") if code],
        "description": localized_text(row, "note"),
        "hoursAvailable": opening_hours_json_ld(row.timetable, since=row.local(at).date()),
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
