"""The stamp programme, a page for each year."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.page_cache.recording import narrow
from postportal.tags.redirects import redirect_former_tags
from postportal.web.pagination import page_or_404, requested_page
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import Stamp, StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet
from services.views.programme_filters import ProgrammeFilters

PER_PAGE = 50
MAX_UPCOMING = 6


@require_safe
@redirect_former_tags("theme")
def newest_programme(request: HttpRequest) -> HttpResponse:
    """Show the programme of this year; if it has no issues yet, that of the newest year that has."""
    counts = _public_issues(request).counts_by_year()
    this_year = timezone.localtime(request_time(request)).year
    newest = next((year for year in counts if year is not None), this_year)
    year = this_year if this_year in counts else newest
    return _render_programme(request, year, counts=counts, upcoming=_upcoming_issues(request))


@require_safe
@redirect_former_tags("theme")
def programme_of_year(request: HttpRequest, year: int) -> HttpResponse:
    counts = _public_issues(request).counts_by_year()
    if year not in _years_with_page(request, counts):
        raise Http404(_("There is no stamp programme for %(year)s.") % {"year": year})
    return _render_programme(request, year, counts=counts)


@require_safe
@redirect_former_tags("theme")
def programme_of_unknown_year(request: HttpRequest) -> HttpResponse:
    return _render_programme(request, None, counts=_public_issues(request).counts_by_year())


def _public_issues(request: HttpRequest) -> StampIssueQuerySet:
    return StampIssue.objects.published(request_time(request))


def _years_with_page(request: HttpRequest, counts: dict[int | None, int]) -> range:
    """Return the years from the first known issue to next year, which may already have been announced. A year in
    between without issues has a page that says so."""
    this_year = timezone.localtime(request_time(request)).year
    known = [year for year in counts if year is not None]
    return range(min([*known, this_year]), max([*known, this_year + 1]) + 1)


def _upcoming_issues(request: HttpRequest) -> list[StampIssue]:
    """Return the next issues, whatever the year. Lists with a filter or of another page do not show them."""
    if request.GET:
        return []
    today = timezone.localtime(request_time(request)).date()
    coming = _public_issues(request).upcoming(today, month=today.replace(day=1), year=today.replace(month=1, day=1))
    return list(coming.order_by("issued_on", "series", "number", "pk").for_lists()[:MAX_UPCOMING])


def _render_programme(
    request: HttpRequest, year: int | None, *, counts: dict[int | None, int], upcoming: list[StampIssue] | None = None
) -> HttpResponse:
    # Themes are tags of issues.
    narrow("news.article")
    issues = _public_issues(request).of_year(year)
    filters = ProgrammeFilters(request.GET)
    rows = filters.apply(issues).in_programme_order().for_lists().prefetch_related(prefetch_pictured_stamps())
    page = page_or_404(rows, number=requested_page(request), per_page=PER_PAGE, query=filters.active_values)
    years = [known for known in counts if known is not None]
    theme_links = filters.theme_links(issues)
    trail = [(_("Stamps"), reverse("services:stamps"))]
    context = {
        "year": year,
        "trail": trail,
        "page_obj": page,
        "upcoming_issues": upcoming or [],
        "description": meta_descriptions.describe_programme(year, page.object_list),
        "type_links": filters.type_links(issues),
        "theme_links": theme_links,
        "active_links": filters.active_links(theme_links),
        "year_counts": [(known, counts[known]) for known in years],
        "has_feed": year is not None and year in counts,
        "unknown_year_count": counts.get(None, 0),
        "previous_year": max((known for known in years if year and known < year), default=None),
        "next_year": min((known for known in years if year and known > year), default=None),
        "json_ld_data": json_ld.programme_json_ld(request, page.object_list, trail=trail),
    }
    return render(request, "services/stamp_programme.html", context)


def prefetch_pictured_stamps() -> Prefetch:
    """Load the stamps with pictures, shown for issues that have no picture of their own."""
    pictured = Stamp.objects.filter(image__isnull=False).select_related("image")
    return Prefetch("stamps", queryset=pictured, to_attr="pictured_stamps")
