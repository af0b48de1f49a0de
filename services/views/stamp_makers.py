"""Stamp issues by those who made them: designers, engravers, printers and others, by their names as printed."""

from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.text.tidying import tidy_line
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import page_or_404, requested_page
from postportal.web.request_time import request_time
from services.models import Credit, StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.views.programme_filters import FilterLink
from services.views.stamp_programme import PER_PAGE, prefetch_pictured_stamps

MAX_NAMES_PER_ROLE = 300


def maker_url(name: str) -> str:
    """Return the URL of the issues that credit this name."""
    return f"{reverse('services:stamp_makers')}?{urlencode({'name': name})}"


@require_safe
def stamp_makers(request: HttpRequest) -> HttpResponse:
    """Show all credited names by role, or with `?name=` the public issues that credit one."""
    public = StampIssue.objects.published(request_time(request))
    name = tidy_line(request.GET.get("name", ""))
    trail = [(_("Stamps"), reverse("services:stamps"))]
    context = {"trail": trail, "json_ld_data": [breadcrumb_json_ld(request, trail)]}
    if name:
        return _render_maker(request, name, public, context=context)
    return render(request, "services/stamp_makers.html", {**context, "makers_by_role": _makers_by_role(public)})


def _render_maker(
    request: HttpRequest, name: str, public: StampIssueQuerySet, *, context: dict[str, object]
) -> HttpResponse:
    credited = Credit.objects.filter(name=name)
    issues = public.filter(pk__in=credited.values("issue")).newest_first()
    rows = issues.for_lists().prefetch_related(prefetch_pictured_stamps())
    page = page_or_404(rows, number=requested_page(request), per_page=PER_PAGE, query={"name": name})
    if not page.object_list:
        raise Http404(_("No stamp issue credits this name."))
    labels = dict(Credit.Role.choices)
    roles = credited.filter(issue__in=public).order_by("role").values_list("role", flat=True).distinct()
    facts = {"name": name, "page_obj": page, "roles": [labels[role] for role in roles]}
    return render(request, "services/stamp_maker.html", {**context, **facts})


def _makers_by_role(public: StampIssueQuerySet) -> list[tuple[str, list[FilterLink]]]:
    """Return the names of each role, those with most issues first."""
    credited = Credit.objects.filter(issue__in=public.values("pk")).values("role", "name")
    rows = credited.annotate(issue_count=Count("issue", distinct=True)).order_by("-issue_count", "name")
    found: dict[str, list[FilterLink]] = {role.value: [] for role in Credit.Role}
    for row in rows:
        makers, name = found[row["role"]], row["name"]
        if len(makers) < MAX_NAMES_PER_ROLE:
            makers.append(FilterLink(name, row["issue_count"], maker_url(name), is_active=False, value=name))
    labels = dict(Credit.Role.choices)
    return [(str(labels[role]), makers) for role, makers in found.items() if makers]
