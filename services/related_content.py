"""Services and stamp issues on the pages of organizations and people."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q, Window
from django.utils import timezone

from news.models import Organization, Person
from postportal.web.read_together import Parts, ReadTogether
from postportal.web.related_content import register_related_content
from services.models import Hotline, HotlineNumber, Service, StampIssue

MAX_ISSUES = 12
NUMBER_FIELDS = ("e164", "short_code", "extension", "as_printed", "scope")


@register_related_content("news.organization", template="services/_related_to_organization.html")
def related_to_organization(organization: Organization, at: dt.datetime) -> dict[str, Any]:
    """Return the services the organization runs, with their hotlines, and its stamp issues. Two queries in all."""
    condition = Q(issuer=organization) | Q(credits__organization=organization) | Q(partners=organization)
    return {"services": _services_of(organization, at=at), **_issue_context(condition, at)}


@register_related_content("news.person", template="services/_related_to_person.html")
def related_to_person(person: Person, at: dt.datetime) -> dict[str, Any]:
    """Return the stamp issues the person is credited with. One query."""
    return _issue_context(Q(credits__person=person), at)


def _services_of(organization: Organization, *, at: dt.datetime) -> list[Any]:
    """Return the services with their hotlines in service (`public_hotlines`), and these with the numbers of today."""
    rows = _services.read(organization.pk, at, timezone.localdate(at))
    services: list[Any] = [Service(**each) for each in _in_order(rows["services"], "order", "name")]
    hotlines = [Hotline(**each) for each in _in_order(rows["hotlines"], "order", "pk")]
    for hotline in hotlines:
        numbers = [each for each in rows["numbers"] if each["hotline_id"] == hotline.pk]
        hotline.current_numbers = [HotlineNumber(**each) for each in _in_order(numbers, "order", "pk")]
    for service in services:
        service.public_hotlines = [hotline for hotline in hotlines if hotline.service_id == service.pk]
    return services


def _service_parts(pk: int, at: dt.datetime, day: dt.date) -> Parts:
    hotlines = Hotline.objects.published(at).in_service(day).filter(service__organization=pk)
    numbers = HotlineNumber.objects.on(day).filter(hotline__service__organization=pk)
    return {
        "services": (Service.objects.filter(organization=pk), ("pk", "name", "name_zh", "slug", "order")),
        "hotlines": (hotlines, ("pk", "service_id", "purpose", "purpose_zh", "slug", "order")),
        "numbers": (numbers, ("pk", "hotline_id", *NUMBER_FIELDS, "order")),
    }


_services = ReadTogether(_service_parts, takes=(int, dt.datetime, dt.date))


def _in_order(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda each: [each[name] for name in names])


def _issue_context(condition: Q, at: dt.datetime) -> dict[str, Any]:
    # The subquery keeps an issue that meets the condition twice from being listed twice.
    found = StampIssue.objects.published(at).filter(pk__in=StampIssue.objects.filter(condition).values("pk"))
    issues = list(found.newest_first().for_lists().annotate(found_count=Window(Count("pk")))[:MAX_ISSUES])
    return {"issues": issues, "issue_count": issues[0].found_count if issues else 0}
