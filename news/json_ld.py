"""Structured data (schema.org) of articles, people and organizations, and their descriptions for search engines."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.text import Truncator

from news.models import Appointment, Article, Mention, Organization, Person
from news.models.partial_dates import partial_iso_date
from postportal.pages.models import SiteSettings
from postportal.web.iso_times import iso_time
from postportal.web.languages import html_language
from postportal.web.site_url import absolute_url

SCHEMA_ORG = "https://schema.org"
# Search engines show about this many characters, and write their own description if there are too few.
MIN_DESCRIPTION_LENGTH, MAX_DESCRIPTION_LENGTH = 50, 165


def meta_description(*texts: str) -> str:
    """Return one line for search engines and shared links: the first text, and the next ones while it is too short."""
    line = ""
    for text in texts:
        if len(line) < MIN_DESCRIPTION_LENGTH:
            line = " ".join([*line.split(), *text[: 3 * MAX_DESCRIPTION_LENGTH].split()])
    return Truncator(line).chars(MAX_DESCRIPTION_LENGTH)


def article_json_ld(
    request: HttpRequest, article: Article, *, mentions: Iterable[Mention], tags: list[str]
) -> dict[str, Any]:
    image, site = article.lead_image, SiteSettings.for_request(request)
    return {
        "@context": SCHEMA_ORG,
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.standfirst,
        "url": absolute_url(request, article.get_absolute_url()),
        "inLanguage": html_language(article.language),
        "datePublished": iso_time(article.publish_at),
        "dateModified": iso_time(article.updated_at or article.publish_at),
        "dateline": ", ".join(filter(None, [article.location, article.dateline_on.isoformat()])),
        "articleSection": str(article.section),
        "keywords": tags,
        "image": [absolute_url(request, image.open_graph_source.url)] if image else [],
        "author": {"@type": "Organization", "name": str(article.source)} if article.source else None,
        "publisher": {"@type": "GovernmentOrganization", "name": site.name, "alternateName": site.name_zh},
        "mentions": [_mention_json_ld(request, mention) for mention in mentions],
    }


def person_json_ld(
    request: HttpRequest,
    row: Person,
    *,
    appointments: Iterable[Appointment],
    current_appointments: Iterable[Appointment],
) -> dict[str, Any]:
    return {
        "@context": SCHEMA_ORG,
        "@type": "Person",
        "name": row.name,
        "alternateName": list(filter(None, [row.name_zh, *(name.name for name in row.names.all())])),
        "familyName": row.name_parts.family_names,
        "givenName": row.given_name,
        "additionalName": row.patronymic,
        "honorificPrefix": row.honorific,
        "url": absolute_url(request, row.get_absolute_url()),
        "image": absolute_url(request, row.portrait.open_graph_source.url) if row.portrait else None,
        "sameAs": row.same_as.split(),
        "jobTitle": [appointment.full_title for appointment in current_appointments],
        "worksFor": [
            _role_json_ld(appointment, worksFor=_organization_reference(request, appointment.position.organization))
            for appointment in appointments
        ],
    }


def organization_json_ld(
    request: HttpRequest,
    row: Organization,
    *,
    appointments: Iterable[Appointment],
    parent: Organization | None,
    suborganizations: Iterable[Organization],
) -> dict[str, Any]:
    return {
        "@context": SCHEMA_ORG,
        "@type": "Organization",
        "name": row.name,
        "alternateName": list(filter(None, [row.name_zh, row.abbreviation, *(name.name for name in row.names.all())])),
        "url": absolute_url(request, row.get_absolute_url()),
        "logo": absolute_url(request, row.logo.open_graph_source.url) if row.logo else None,
        "foundingDate": partial_iso_date(row.founded_on, row.founded_precision),
        "dissolutionDate": partial_iso_date(row.dissolved_on, row.dissolved_precision),
        "parentOrganization": _organization_reference(request, parent) if parent else None,
        "subOrganization": [_organization_reference(request, part) for part in suborganizations],
        "sameAs": [*row.same_as.split(), row.website] if row.website else row.same_as.split(),
        "employee": [
            _role_json_ld(appointment, employee=_person_reference(request, appointment.person))
            for appointment in appointments
        ],
    }


def _role_json_ld(appointment: Appointment, **end: dict[str, Any]) -> dict[str, Any]:
    """Return the role that connects a person and an organization. It repeats the property that contains it (`end`)."""
    return {
        "@type": "OrganizationRole",
        "roleName": appointment.job_title,
        "startDate": partial_iso_date(appointment.from_on, appointment.from_precision),
        "endDate": partial_iso_date(appointment.until_on, appointment.until_precision),
        **end,
    }


def _mention_json_ld(request: HttpRequest, mention: Mention) -> dict[str, Any]:
    url = absolute_url(request, mention.subject.get_absolute_url())
    kind = "Person" if mention.person else "Organization"
    return {"@type": kind, "name": mention.display_name, "url": url}


def _person_reference(request: HttpRequest, row: Person) -> dict[str, Any]:
    return {"@type": "Person", "name": row.name, "url": absolute_url(request, row.get_absolute_url())}


def _organization_reference(request: HttpRequest, row: Organization) -> dict[str, Any]:
    return {"@type": "Organization", "name": row.name, "url": absolute_url(request, row.get_absolute_url())}
