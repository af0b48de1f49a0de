"""Services and stamp issues on the pages of organizations and people."""

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q, Window
from django.utils import timezone

from news.models import Organization, Person
from postportal.web.related_content import register_related_content
from services.models import Hotline, Service, StampIssue

MAX_ISSUES = 12


@register_related_content("news.organization", template="services/_related_to_organization.html")
def related_to_organization(organization: Organization, at: dt.datetime) -> dict[str, Any]:
    """Return the services the organization runs, with their hotlines, and its stamp issues. Four queries in all."""
    day = timezone.localtime(at).date()
    hotlines = Hotline.objects.published(at).in_service(day).with_current_numbers(day).in_order()
    services = Service.objects.in_order().filter(organization=organization)
    condition = Q(issuer=organization) | Q(credits__organization=organization) | Q(partners=organization)
    return {
        "services": services.prefetch_related(Prefetch("hotlines", queryset=hotlines, to_attr="public_hotlines")),
        **_issue_context(condition, at),
    }


@register_related_content("news.person", template="services/_related_to_person.html")
def related_to_person(person: Person, at: dt.datetime) -> dict[str, Any]:
    """Return the stamp issues the person is credited with. One query."""
    return _issue_context(Q(credits__person=person), at)


def _issue_context(condition: Q, at: dt.datetime) -> dict[str, Any]:
    # The subquery keeps an issue that meets the condition twice from being listed twice.
    found = StampIssue.objects.published(at).filter(pk__in=StampIssue.objects.filter(condition).values("pk"))
    issues = list(found.newest_first().for_lists().annotate(found_count=Window(Count("pk")))[:MAX_ISSUES])
    return {"issues": issues, "issue_count": issues[0].found_count if issues else 0}
