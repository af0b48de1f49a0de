"""JSON-LD (schema.org) of the pages of services and stamps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from postportal.pages.models import SiteSettings
from postportal.web.json_ld import Trail, breadcrumb_json_ld
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from services.models import Credit, Hotline, HotlineNumber, OpeningHours, Service, Stamp, StampIssue

SCHEMA_ORG = "https://schema.org"
# The vocabulary uses English names.
SCHEMA_ORG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Other roles are `creator`.
CREDIT_PROPERTIES = {Credit.Role.EDITOR.value: "editor", Credit.Role.PRINTER.value: "producer"}

JsonLd = dict[str, Any]


def hotlines_json_ld(request: HttpRequest, rows: list[Hotline], *, trail: Trail) -> list[JsonLd]:
    site = SiteSettings.for_request(request)
    operator = {
        "@context": SCHEMA_ORG,
        "@type": "Organization",
        "name": localized_text(site, "name"),
        "url": request.build_absolute_uri(reverse("home")),
        "contactPoint": [_contact_point(row, number) for row in rows for number in row.numbers.all()],
    }
    return [operator, breadcrumb_json_ld(request, trail)]


def services_json_ld(request: HttpRequest, rows: list[Service]) -> list[JsonLd]:
    items = [
        {
            "@type": "Service",
            "name": str(row),
            "description": localized_text(row, "summary"),
            "url": request.build_absolute_uri(row.get_absolute_url()),
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
            "url": request.build_absolute_uri(row.get_absolute_url()),
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
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "description": row.standfirst,
        "datePublished": _iso(row.issued_on),
        "dateModified": row.updated_at and timezone.localtime(row.updated_at).isoformat(timespec="seconds"),
        "image": picture and request.build_absolute_uri(picture.open_graph_source.url),
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
        "url": request.build_absolute_uri(issue.get_absolute_url()),
    }
    facts = {
        "@context": SCHEMA_ORG,
        **_stamp_facts(request, row),
        "datePublished": _iso(issue.issued_on),
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
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "image": row.image and request.build_absolute_uri(row.image.open_graph_source.url),
    }


def _credit_facts(request: HttpRequest, issue_credits: list[Credit]) -> JsonLd:
    facts: JsonLd = {}
    for credit in issue_credits:
        subject = credit.public_subject(request_time(request))
        is_company = credit.organization_id is not None or credit.role == Credit.Role.PRINTER
        contributor = {
            "@type": "Organization" if is_company else "Person",
            "name": credit.name,
            "url": subject and request.build_absolute_uri(subject.get_absolute_url()),
        }
        facts.setdefault(CREDIT_PROPERTIES.get(credit.role, "creator"), []).append(contributor)
    return facts


def _contact_point(row: Hotline, number: HotlineNumber) -> JsonLd:
    return {
        "@type": "ContactPoint",
        "name": str(row),
        "contactType": "customer service",
        "telephone": number.e164 or number.short_code,
        "areaServed": number.region,
        "availableLanguage": localized_text(row, "languages"),
        "description": localized_text(row, "note"),
        "hoursAvailable": [_opening_hours_facts(hours) for hours in row.opening_hours.all()],
    }


def _opening_hours_facts(hours: OpeningHours) -> JsonLd:
    """Return one OpeningHoursSpecification, in which a whole day closes at 23:59 and a closed day has equal times."""
    opens, closes = ("00:00", "00:00") if hours.is_closed else (f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}")
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": None if hours.weekday is None else f"{SCHEMA_ORG}/{SCHEMA_ORG_DAYS[hours.weekday]}",
        "validFrom": _iso(hours.date),
        "validThrough": _iso(hours.date),
        "opens": opens,
        "closes": "23:59" if hours.is_whole_day else closes,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
