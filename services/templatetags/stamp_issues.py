"""`{% load stamp_issues %}`: stamp issues on a day and in a language, and what an organization or a person has
to do with services and stamps. News may use the last two in its templates: a template imports nothing."""

import datetime as dt
from typing import Any

from django import template
from django.db.models import Prefetch, Q
from django.template.context import Context
from django.utils.translation import get_language

from news.models import Organization, Person
from postportal.web.languages import html_language
from postportal.web.request_time import request_time
from services.models import Hotline, Service, StampIssue
from services.models.stamp_issue import StampIssueQuerySet

register = template.Library()

MAX_ISSUES = 12


@register.filter
def sale_status_on(issue: StampIssue, day: dt.date) -> str:
    """`{{ issue|sale_status_on:portal.today }}`: “On sale”; nothing where it is not known."""
    stage = issue.sale_status(day)
    return str(StampIssue.Stage(stage).label) if stage else ""


@register.filter
def is_upcoming_on(issue: StampIssue, day: dt.date) -> bool:
    return issue.is_upcoming(day)


@register.filter
def field_language(row: Any, field: str) -> str:
    """`lang="{{ issue|field_language:"title" }}"`: the language that `text_in` finds the field in."""
    is_chinese = (get_language() or "").startswith("zh") and getattr(row, f"{field}_zh")
    return html_language("zh-hans") if is_chinese else "en"


@register.filter
def other_field_language(row: Any, field: str) -> str:
    """The language of the name in the other script, shown beside the first."""
    return "en" if field_language(row, field) != "en" else html_language("zh-hans")


@register.inclusion_tag("services/_related_to_organization.html", takes_context=True)
def related_to_organization(context: Context, organization: Organization) -> dict[str, Any]:
    """`{% services_of organization %}`: the services it runs with whom to call, and its stamp issues. Five queries,
    however much there is."""
    at = request_time(context["request"])
    hotlines = Hotline.objects.published(at).in_service().prefetch_related("numbers").in_order()
    services = Service.objects.in_order().filter(organization=organization)
    return {
        "portal": context["portal"],
        "services": services.prefetch_related(Prefetch("hotlines", queryset=hotlines, to_attr="public_hotlines")),
        **_issue_context(
            StampIssue.objects.published(at),
            Q(issuer=organization) | Q(credits__organization=organization) | Q(partners=organization),
        ),
    }


@register.inclusion_tag("services/_related_to_person.html", takes_context=True)
def related_to_person(context: Context, person: Person) -> dict[str, Any]:
    """`{% stamps_of person %}`: the stamp issues somebody is credited with. Two queries."""
    issues = StampIssue.objects.published(request_time(context["request"]))
    return {"portal": context["portal"], **_issue_context(issues, Q(credits__person=person))}


def _issue_context(published: StampIssueQuerySet, condition: Q) -> dict[str, Any]:
    found = published.filter(pk__in=StampIssue.objects.filter(condition).values("pk"))
    return {"issues": list(found.newest_first().for_lists()[:MAX_ISSUES]), "count": found.count()}
