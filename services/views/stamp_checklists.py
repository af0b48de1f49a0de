"""Checklists of collectors: all stamps of a year, to tick and to print."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.web.json_ld import breadcrumb_json_ld
from postportal.web.request_time import request_time
from services.models import Stamp, StampIssue


@require_safe
def checklist_of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Show the issues of the year that were not cancelled, with their stamps. The ticks stay in the browser."""
    issues = StampIssue.objects.published(request_time(request)).of_year(year).filter(is_cancelled=False)
    stamps = Prefetch("stamps", queryset=Stamp.objects.order_by("position"))
    rows = list(issues.in_programme_order().for_lists().prefetch_related(stamps))
    if not rows:
        raise Http404(_("There is no stamp programme for %(year)s.") % {"year": year})
    trail = [(_("Stamps"), reverse("services:stamps")), (str(year), reverse("services:stamp_year", args=[year]))]
    context = {"year": year, "issues": rows, "trail": trail, "json_ld_data": [breadcrumb_json_ld(request, trail)]}
    return render(request, "services/stamp_checklist.html", context)
