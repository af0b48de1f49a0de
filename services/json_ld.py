"""What the pages of services and stamps tell machines (schema.org)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from postportal.pages.models import SiteSettings
from postportal.web.json_ld import breadcrumbs
from postportal.web.languages import localized
from postportal.web.request_time import moment
from services.models import Credit, Hotline, HotlineNumber, OpeningHours, Service, Stamp, StampIssue

CONTEXT = "https://schema.org"
# English names are part of the vocabulary.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What is not named here created it.
PROPERTIES = {Credit.Role.EDITOR.value: "editor", Credit.Role.PRINTER.value: "producer"}

Facts = dict[str, Any]
Trail = list[tuple[str, str]]


def hotlines(request: HttpRequest, rows: list[Hotline], *, trail: Trail) -> list[Facts]:
    site = SiteSettings.of(request)
    operator = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": localized(site, "name"),
        "url": request.build_absolute_uri(reverse("home")),
        "contactPoint": [_contact_point(row, number) for row in rows for number in row.numbers.all()],
    }
    return [operator, breadcrumbs(request, trail)]


def services(request: HttpRequest, rows: list[Service]) -> list[Facts]:
    items = [
        {
            "@type": "Service",
            "name": str(row),
            "description": localized(row, "summary"),
            "url": request.build_absolute_uri(row.get_absolute_url()),
        }
        for row in rows
    ]
    return [{"@context": CONTEXT, "@type": "ItemList", "itemListElement": items}, breadcrumbs(request, [])]


def programme(request: HttpRequest, rows: Iterable[StampIssue], *, trail: Trail) -> list[Facts]:
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": row.display_title,
            "url": request.build_absolute_uri(row.get_absolute_url()),
        }
        for place, row in enumerate(rows, start=1)
    ]
    return [{"@context": CONTEXT, "@type": "ItemList", "itemListElement": items}, breadcrumbs(request, trail)]


def issue(request: HttpRequest, row: StampIssue, *, makers: list[Credit], trail: Trail) -> list[Facts]:
    if row.is_withdrawn(moment(request)):
        return [breadcrumbs(request, trail)]
    picture = row.lead_image or next((stamp.image for stamp in row.stamps.all() if stamp.image), None)
    facts = {
        "@context": CONTEXT,
        "@type": "Collection",
        "name": row.display_title,
        "alternateName": row.other_script_title,
        "identifier": row.serial,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "description": row.standfirst,
        "datePublished": _iso(row.issued_on),
        "dateModified": row.updated_at and timezone.localtime(row.updated_at).isoformat(timespec="seconds"),
        "image": picture and request.build_absolute_uri(picture.og.url),
        "keywords": [tag.name for tag in row.tags.all()],
        **_makers(request, makers),
        "hasPart": [_stamp(request, stamp) for stamp in row.stamps.all()],
    }
    return [facts, breadcrumbs(request, trail)]


def stamp(request: HttpRequest, row: Stamp, *, trail: Trail) -> list[Facts]:
    issue = row.issue
    if issue.is_withdrawn(moment(request)):
        return [breadcrumbs(request, trail)]
    whole = {
        "@type": "Collection",
        "name": issue.display_title,
        "identifier": issue.serial,
        "url": request.build_absolute_uri(issue.get_absolute_url()),
    }
    facts = {"@context": CONTEXT, **_stamp(request, row), "datePublished": _iso(issue.issued_on), "isPartOf": whole}
    return [facts, breadcrumbs(request, trail)]


def _stamp(request: HttpRequest, row: Stamp) -> Facts:
    return {
        "@type": "CreativeWork",
        "additionalType": "https://www.wikidata.org/wiki/Q37930",
        "name": row.display_name,
        "alternateName": row.other_script_name,
        "identifier": row.wns_number,
        "position": row.position,
        "description": row.description,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        "image": row.image and request.build_absolute_uri(row.image.og.url),
    }


def _makers(request: HttpRequest, credited: list[Credit]) -> Facts:
    makers: Facts = {}
    for credit in credited:
        subject = credit.subject_at(moment(request))
        is_firm = credit.organization_id is not None or credit.role == Credit.Role.PRINTER
        maker = {
            "@type": "Organization" if is_firm else "Person",
            "name": credit.name,
            "url": subject and request.build_absolute_uri(subject.get_absolute_url()),
        }
        makers.setdefault(PROPERTIES.get(credit.role, "creator"), []).append(maker)
    return makers


def _contact_point(row: Hotline, number: HotlineNumber) -> Facts:
    return {
        "@type": "ContactPoint",
        "name": str(row),
        "contactType": "customer service",
        "telephone": number.e164 or number.short_code,
        "areaServed": number.region,
        "availableLanguage": localized(row, "languages"),
        "description": localized(row, "note"),
        "hoursAvailable": [_opening(hours) for hours in row.opening_hours.all()],
    }


def _opening(hours: OpeningHours) -> Facts:
    """The whole day is written as schema.org wants it; a day that is closed opens and closes in the same moment."""
    opens, closes = ("00:00", "00:00") if hours.is_closed else (f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}")
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": None if hours.weekday is None else f"{CONTEXT}/{DAYS[hours.weekday]}",
        "validFrom": _iso(hours.on),
        "validThrough": _iso(hours.on),
        "opens": opens,
        "closes": "23:59" if hours.is_whole_day else closes,
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
