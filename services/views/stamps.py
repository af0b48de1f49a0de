"""The page of a stamp."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from postportal.page_cache.recording import narrow
from postportal.publishing.visibility import public_or_404
from postportal.publishing.workflow.updates import updates_of
from postportal.web.request_time import request_time
from services import json_ld, meta_descriptions
from services.models import StampIssue
from services.views.stamp_issues import errata_of, issue_trail, prefetch_stamps


@require_safe
def stamp_detail(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    # Tags are those of issues.
    narrow("news.article")
    issue = public_or_404(
        request,
        StampIssue.objects.for_lists(),
        prefetch=[prefetch_stamps(), "tags", "credits", "catalogue_references"],
        slug=slug,
    )
    stamps = list(issue.stamps.all())
    place = next((n for n, stamp in enumerate(stamps) if stamp.position == position), None)
    if place is None:
        raise Http404(_("There is no such stamp in this issue."))
    trail = [*issue_trail(issue), (issue.display_title, issue.get_absolute_url())]
    stamp = stamps[place]
    linked = stamp.linked_varieties(request_time(request))
    context = {
        "issue": issue,
        "variety_of": next((other for other in linked if other.pk == stamp.variety_of_id), None),
        "varieties": [other for other in linked if other.variety_of_id == stamp.pk],
        "is_withdrawn": issue.is_withdrawn(request_time(request)),
        "stamp": stamps[place],
        "description": meta_descriptions.describe_stamp(stamps[place]),
        "stamps": stamps,
        "errata": errata_of(updates_of(issue), stamp=position),
        "previous_stamp": stamps[place - 1] if place else None,
        "next_stamp": stamps[place + 1] if place + 1 < len(stamps) else None,
        "trail": trail,
        "json_ld_data": json_ld.stamp_json_ld(request, stamps[place], trail=trail),
    }
    return render(request, "services/stamp.html", context)
