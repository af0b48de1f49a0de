"""Public people, organizations, posts and memberships as Popolo (popoloproject.com), and people as vCards."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.models import Appointment, Organization, Person
from news.models.partial_dates import partial_iso_date
from postportal.publishing.models import SiteIdentity
from postportal.publishing.visibility import public_or_404
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url
from postportal.web.vcard import Property, vcard_response, write_vcard

Popolo = dict[str, Any]


@require_safe
def popolo(request: HttpRequest) -> HttpResponse:
    """Return everything that readers may know of the registers."""
    return JsonResponse(popolo_of(request), json_dumps_params={"ensure_ascii": False})


@require_safe
def person_vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a person with the offices held today. Nothing private is in the register."""
    at = request_time(request)
    person = public_or_404(request, Person.objects.all(), prefetch=["names"], slug=slug)
    day = timezone.localdate(at)
    held = person.appointments.published(at).held_on(day).for_people().with_former_names()
    return vcard_response([_card(request, person, list(held), day)], file_name=f"person-{person.pk}")


def popolo_of(request: HttpRequest) -> Popolo:
    """Return the public rows. The number of queries does not depend on theirs."""
    at, identity = request_time(request), SiteIdentity.load()
    people = Person.objects.published(at).by_name().for_lists().prefetch_related("names")
    organizations = list(Organization.objects.published(at).by_name().for_lists().prefetch_related("names"))
    appointments = list(Appointment.objects.published(at).select_related("position", "person").order_by("pk"))
    known = {row.pk for row in organizations}
    # A post without a public holder would announce one.
    posts = {row.position_id: row.position for row in appointments}
    return {
        "persons": [_person(request, row, identity) for row in people],
        "organizations": [_organization(request, row, identity, known=known) for row in organizations],
        "posts": [_post(row, identity) for row in posts.values()],
        "memberships": [_membership(row, identity) for row in appointments],
    }


def _person(request: HttpRequest, row: Person, identity: SiteIdentity) -> Popolo:
    return {
        "id": identity.uri_of(Person, row.pk),
        "name": row.name,
        "family_name": row.name_parts.family_names,
        "given_name": row.given_name,
        "patronymic_name": row.patronymic,
        "honorific_prefix": row.honorific,
        "sort_name": ", ".join(filter(None, row.name_parts.sorted_by)),
        "other_names": _other_names(row.name_zh, row.names.all()),
        "links": _links(request, row),
    }


def _organization(request: HttpRequest, row: Organization, identity: SiteIdentity, *, known: set[int]) -> Popolo:
    return {
        "id": identity.uri_of(Organization, row.pk),
        "name": row.name,
        "other_names": [*_other_names(row.name_zh, row.names.all()), *_abbreviation(row)],
        "classification": row.kind,
        "parent_id": identity.uri_of(Organization, row.parent_id) if row.parent_id in known else None,
        "founding_date": partial_iso_date(row.founded_on, row.founded_precision) or None,
        "dissolution_date": partial_iso_date(row.dissolved_on, row.dissolved_precision) or None,
        "links": _links(request, row),
    }


def _post(row: Any, identity: SiteIdentity) -> Popolo:
    return {
        "id": identity.uri_of(type(row), row.pk),
        "label": row.label,
        "role": row.label,
        "organization_id": identity.uri_of(Organization, row.organization_id),
    }


def _membership(row: Appointment, identity: SiteIdentity) -> Popolo:
    return {
        "id": identity.uri_of(Appointment, row.pk),
        "label": row.label or row.position.label,
        "role": "acting" if row.is_acting else row.position.label,
        "person_id": identity.uri_of(Person, row.person_id),
        "organization_id": identity.uri_of(Organization, row.position.organization_id),
        "post_id": identity.uri_of(type(row.position), row.position_id),
        "start_date": partial_iso_date(row.from_on, row.from_precision) or None,
        "end_date": partial_iso_date(row.until_on, row.until_precision) or None,
    }


def _other_names(name_zh: str, rows: Iterable[Any]) -> list[Popolo]:
    chinese = [{"name": name_zh, "note": "zh"}] if name_zh else []
    return chinese + [
        {
            "name": row.name,
            "note": row.kind,
            "start_date": partial_iso_date(row.from_on, row.from_precision) or None,
            "end_date": partial_iso_date(row.until_on, row.until_precision) or None,
        }
        for row in rows
    ]


def _abbreviation(row: Organization) -> list[Popolo]:
    return [{"name": row.abbreviation, "note": "abbreviation"}] if row.abbreviation else []


def _links(request: HttpRequest, row: Any) -> list[Popolo]:
    return [{"url": absolute_url(request, row.get_absolute_url()), "note": "page"}]


def _name_parts(person: Person) -> tuple[str, ...]:
    """Return family names, given name, additional names, prefixes and suffixes."""
    return (person.name_parts.family_names, person.given_name, person.patronymic, person.honorific, "")


def _card(request: HttpRequest, person: Person, held: list[Appointment], day: dt.date) -> str:
    names = person.names_on(day)
    offices = [
        each
        for row in held
        for each in (
            Property("TITLE", (row.job_title_on(day),)),
            Property("ORG", (localized_text(row.position.organization.names_on(day), "name"),)),
        )
    ]
    return write_vcard(
        [
            Property("KIND", ("individual",)),
            Property("FN", (localized_text(names, "name"),)),
            Property("N", _name_parts(person)),
            Property("NICKNAME", (person.other_script_name,)),
            *offices,
            Property("URL", (absolute_url(request, person.get_absolute_url()),)),
            Property("UID", (SiteIdentity.load().uri_of(Person, person.pk),)),
        ]
    )
