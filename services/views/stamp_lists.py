"""Stamp issues over all years by who made them (by their names as printed), by theme and by printing process."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.page_cache.recording import narrow
from postportal.tags.redirects import redirect_former_tags
from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.pagination import page_or_404, requested_page
from postportal.web.request_time import request_time
from services.models import Credit, StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.stamp_lists import (
    KINDS,
    MAKERS,
    PARAMETERS,
    TECHNIQUES,
    THEMES,
    StampList,
    description_of,
    requested_list,
    title_of,
)
from services.views.programme_filters import FilterLink
from services.views.stamp_programme import PER_PAGE, prefetch_pictured_stamps

MAX_NAMES = 300
Groups = list[tuple[str, list[FilterLink]]]


@require_safe
def stamp_makers(request: HttpRequest) -> HttpResponse:
    """Show all credited names by role, or with `?name=` the public issues that credit one."""
    return _render(request, MAKERS)


@require_safe
@redirect_former_tags("theme")
def stamp_themes(request: HttpRequest) -> HttpResponse:
    """Show all themes, or with `?theme=` the public issues of one."""
    return _render(request, THEMES)


@require_safe
def stamp_techniques(request: HttpRequest) -> HttpResponse:
    """Show all printing processes, or with `?name=` the public issues with one."""
    return _render(request, TECHNIQUES)


def _render(request: HttpRequest, kind: str) -> HttpResponse:
    # Themes are tags of issues.
    narrow("news.article")
    public = StampIssue.objects.published(request_time(request))
    trail = [(_("Stamps"), reverse("services:stamps"))]
    found = requested_list(kind, request.GET.get(PARAMETERS[kind], ""))
    if found:
        trail.append((found.all_title, found.all_url))
    context = {"trail": trail, "json_ld_data": [breadcrumb_json_ld(request, trail)]}
    if found:
        return render(request, "services/stamp_list.html", {**context, **_list_context(request, found, public)})
    return render(request, "services/stamp_lists.html", {**context, **_lists_context(kind, public)})


def _list_context(request: HttpRequest, found: StampList, public: StampIssueQuerySet) -> dict[str, Any]:
    issues = found.issues(public).newest_first()
    rows = issues.for_lists().prefetch_related(prefetch_pictured_stamps())
    page = page_or_404(rows, number=requested_page(request), per_page=PER_PAGE, query=found.query)
    if not page.object_list:
        raise Http404(_("No public stamp issue is in this list."))
    return {"list": found, "page_obj": page, "roles": _roles(found, public) if found.kind == MAKERS else []}


def _roles(found: StampList, public: StampIssueQuerySet) -> list[str]:
    labels = dict(Credit.Role.choices)
    credited = Credit.objects.filter(name=found.value, issue__in=public)
    return [str(labels[role]) for role in credited.order_by("role").values_list("role", flat=True).distinct()]


def _lists_context(kind: str, public: StampIssueQuerySet) -> dict[str, Any]:
    groups_by_kind = {MAKERS: _makers_by_role, THEMES: _themes, TECHNIQUES: _techniques}
    empty_texts = {
        MAKERS: _("No credits are known yet."),
        THEMES: _("No themes are known yet."),
        TECHNIQUES: _("No printing processes are known yet."),
    }
    return {
        "title": title_of(kind),
        "description": description_of(kind),
        "empty_text": empty_texts[kind],
        "groups": groups_by_kind[kind](public),
        "other_lists": [(title_of(other), reverse(f"services:stamp_{other}")) for other in KINDS if other != kind],
    }


def _makers_by_role(public: StampIssueQuerySet) -> Groups:
    """Return the names of each role, those with most issues first."""
    credited = Credit.objects.filter(issue__in=public.values("pk")).values("role", "name")
    rows = credited.annotate(issue_count=Count("issue", distinct=True)).order_by("-issue_count", "name")
    found: dict[str, list[FilterLink]] = {role.value: [] for role in Credit.Role}
    for row in rows:
        makers, name = found[row["role"]], row["name"]
        if len(makers) < MAX_NAMES:
            makers.append(_link(StampList(MAKERS, name, name), row["issue_count"]))
    labels = dict(Credit.Role.choices)
    return [(str(labels[role]), makers) for role, makers in found.items() if makers]


def _themes(public: StampIssueQuerySet) -> Groups:
    rows = public.filter(tags__isnull=False).values_list("tags__slug", "tags__name").annotate(count=Count("pk"))
    rows = rows.order_by("-count", "tags__name")[:MAX_NAMES]
    return _one_group([_link(StampList(THEMES, slug, name), count) for slug, name, count in rows])


def _techniques(public: StampIssueQuerySet) -> Groups:
    rows = public.exclude(process="").values_list("process").annotate(count=Count("pk"))
    rows = rows.order_by("-count", "process")[:MAX_NAMES]
    return _one_group([_link(StampList(TECHNIQUES, name, name), count) for name, count in rows])


def _one_group(links: list[FilterLink]) -> Groups:
    return [("", links)] if links else []


def _link(found: StampList, count: int) -> FilterLink:
    return FilterLink(found.name, count, found.url, is_active=False, value=found.value)
