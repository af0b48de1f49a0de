"""Pages of people and organizations as of a day. The day is in the URL: ?on=2021-12-08."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.announced_changes import ChangesUntil
from news.filter_forms import DayForm
from news.leadership import leadership_on
from news.models import Organization, Person
from postportal.publishing.visibility import public_or_404
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.languages import localized_text
from postportal.web.request_time import request_time


@require_safe
def leadership(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the offices of the organization and its parts, today or on the day in the URL."""
    at, form = request_time(request), DayForm.of(request)
    organization = public_or_404(request, Organization.objects.all(), slug=slug)
    day = form.day or timezone.localdate(at)
    unit = leadership_on(organization, day, at=at)
    trail = [
        (_("Organizations"), reverse("news:organizations")),
        (str(organization), organization.get_absolute_url()),
    ]
    context = {
        "organization": organization,
        "unit": unit,
        "exists": unit.organization.exists_on(day),
        "trail": trail,
        "json_ld_data": breadcrumb_json_ld(request, [*trail, (_("Leadership"), request.path)]),
        **day_context(request, form, day=day),
    }
    return render(request, "news/leadership.html", context)


def person_on_day(request: HttpRequest, person: Person, form: DayForm) -> HttpResponse:
    """Return the page of a person with the name and the positions of the day."""
    at = request_time(request)
    day = form.day or timezone.localdate(at)
    changes = ChangesUntil(day, at=at)
    changes.apply(person)
    rows = list(person.appointments.published(at).held_on(day).for_people().with_former_names())
    for row in rows if changes.rows else ():
        changes.apply(row.position)
        changes.apply(row.position.organization)
    # An organization whose end has been announced takes its offices with it.
    held = [row for row in rows if not row.is_over_on(day)]
    context = {
        "person": person,
        "name": localized_text(person.names_on(day), "name"),
        "positions": [(row.full_title_on(day), row.position.organization, row.period) for row in held],
        "trail": [(_("People"), reverse("news:people")), (person.display_name, person.get_absolute_url())],
        **day_context(request, form, day=day),
    }
    return render(request, "news/person_on_day.html", context)


def redirect_to_leadership(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect ?on= of an organization to its leadership page, which shows the day."""
    return redirect(f"{reverse('news:leadership', args=[slug])}?{request.GET.urlencode()}")


def day_context(request: HttpRequest, form: DayForm, *, day: Any) -> dict[str, Any]:
    """Return the variables of a page as of a day. Search engines only get the page of today."""
    return {
        "day": day,
        "iso_day": day.isoformat(),
        "is_dated": "on" in request.GET,
        "day_errors": form.errors.get("on", []),
        "typed_day": request.GET.get("on", "")[:10],
        "first_day": form.fields["on"].days.first.isoformat(),  # type: ignore[attr-defined]
    }
