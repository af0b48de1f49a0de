"""Pages of organizations and the list of organizations by kind."""

from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from news import json_ld, listings
from news.archive import with_kept_count
from news.filter_forms import OrganizationFilterForm
from news.models import Appointment, Organization, Succession
from news.models.article_count import Facet
from news.models.organization import OrganizationQuerySet
from news.models.partial_dates import format_partial_date
from news.page_facts import facts_of_organization
from news.succession_chain import chain_of, neighbours_of, steps_of
from news.timelines import PREDECESSOR_LABELS, SUCCESSOR_LABELS, timeline_of_organization
from news.views.appointments import by_person, group_appointments
from news.views.days import redirect_to_leadership
from news.views.related_news import related_news
from postportal.page_cache.recording import narrow
from postportal.publishing.visibility import public_or_404
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import PaginationMixin
from postportal.web.request_time import request_time

PER_PAGE = 48


class OrganizationList(PaginationMixin, ListView):
    template_name = "news/organization_list.html"
    context_object_name = "organizations"
    paginate_by = PER_PAGE

    def get_queryset(self) -> OrganizationQuerySet:
        self.filters = OrganizationFilterForm(self.request.GET).active_filters
        public = Organization.objects.published(request_time(self.request))
        self.matching_organizations = public.matching(self.filters.get("q", ""))
        if "kind" in self.filters:
            return self.matching_organizations.filter(kind=self.filters["kind"]).by_name().for_lists()
        return self.matching_organizations.by_kind().for_lists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page_obj"].query = self.filters
        kinds = groupby(context["organizations"], key=lambda organization: organization.get_kind_display())
        return {
            **context,
            "filters": {"q": "", "kind": "", **self.filters},
            "is_filtered": bool(self.filters),
            "kind_counts": _kind_counts(self.matching_organizations),
            "organizations_by_kind": [(kind, list(rows)) for kind, rows in kinds],
            "json_ld_data": breadcrumb_json_ld(self.request, [(_("Organizations"), self.request.path)]),
        }


class OrganizationDetail(DetailView):
    template_name = "news/organization_detail.html"
    context_object_name = "organization"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "on" in request.GET:
            return redirect_to_leadership(request, self.kwargs["slug"])
        return super().get(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Organization:
        narrow("news.article")
        rows = with_kept_count(Organization.objects.select_related("logo", "parent"), facet=Facet.ORGANIZATION)
        organization: Organization = public_or_404(self.request, rows, slug=self.kwargs["slug"])
        return organization

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, organization = request_time(self.request), self.object
        listing = listings.listing_of_organization(organization, kept_count=organization.kept_count)
        appointments = list(_public_appointments(organization, at=at))
        found = facts_of_organization(organization, at=at)
        sections, suborganizations = found.pop("sections"), found.pop("suborganizations")
        changes = found.pop("successions")
        parent = organization.parent if organization.parent and organization.parent.is_visible(at) else None
        facts = {"parent": parent, **found, **_history(organization, changes)}
        trail = [(_("Organizations"), reverse("news:organizations"))]
        return {
            **super().get_context_data(**kwargs),
            "trail": trail,
            "description": json_ld.meta_description(
                organization.description_text,
                _("%(name)s: positions and related news.") % {"name": organization},
            ),
            **facts,
            "has_facts": any([organization.abbreviation, organization.website, *facts.values()]),
            "suborganizations": suborganizations,
            "timeline": timeline_of_organization(
                organization,
                appointments=appointments,
                former_parents=facts["former_parents"],
                successions=changes,
                today=timezone.localdate(at),
            ),
            **related_news(listing, at=at, sections=sections),
            **_holders(appointments, at=at),
            "json_ld_data": [
                json_ld.organization_json_ld(
                    self.request,
                    organization,
                    appointments=appointments,
                    parent=parent,
                    suborganizations=suborganizations,
                ),
                breadcrumb_json_ld(self.request, [*trail, (str(organization), self.request.path)]),
            ],
        }


def _public_appointments(organization: Organization, *, at: Any) -> Any:
    rows = Appointment.objects.published(at).filter(position__organization=organization)
    return rows.for_people().select_related("person__portrait")


def _holders(appointments: list[Appointment], *, at: Any) -> dict[str, Any]:
    by_time = group_appointments(appointments, today=timezone.localdate(at))
    return {
        "current_holders": by_person(by_time["current_appointments"]),
        "future_holders": by_person(by_time["future_appointments"]),
        "former_appointments": by_time["former_appointments"],
    }


def _history(organization: Organization, changes: list[Succession]) -> dict[str, Any]:
    chain = chain_of(organization, changes)
    predecessors, successors = neighbours_of(organization, changes)
    return {
        # The neighbours alone are among the facts.
        "chain": steps_of(chain) if len(chain) > len(predecessors) + len(successors) else [],
        "founded": format_partial_date(organization.founded_on, organization.founded_precision),
        "dissolved": format_partial_date(organization.dissolved_on, organization.dissolved_precision),
        "successions": _successions(predecessors, successors),
    }


def _successions(predecessors: list[Succession], successors: list[Succession]) -> list[tuple[str, Organization, str]]:
    """Return (label, other organization, date) for each predecessor and successor."""
    before = [(str(PREDECESSOR_LABELS[row.kind]), row.predecessor, _predecessor_date(row)) for row in predecessors]
    return before + [(str(SUCCESSOR_LABELS[row.kind]), row.successor, _date(row)) for row in successors]


def _date(row: Succession) -> str:
    return format_partial_date(row.happened_on, row.happened_precision)


def _predecessor_date(row: Succession) -> str:
    """Return the date of the change; after a former name, readers would take it for the first day of that name."""
    date = _date(row)
    return _("until %(until)s") % {"until": date} if date and row.kind == Succession.Kind.RENAMED else date


def _kind_counts(organizations: OrganizationQuerySet) -> list[tuple[str, str, int]]:
    """Return (value, label, number of organizations) for the kinds in use, in the order of the model."""
    counts = dict(organizations.order_by().values_list("kind").annotate(Count("pk")))
    return [(value, str(label), counts[value]) for value, label in Organization.Kind.choices if value in counts]
