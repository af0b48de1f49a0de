"""The home of somebody on the staff: what waits, and the list behind each count."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from postportal.staff.work_queues import MAX_ITEMS, queue_counts, queues_for


def count_work_queues(request: HttpRequest) -> list[dict[str, Any]]:
    """The boxes of whoever looks, with their counts."""
    boxes = queues_for(request.user).values()
    found = queue_counts(boxes, request.user, timezone.now())
    return [{"box": box, "count": found.get(box.name, 0)} for box in boxes]


def work_queue_view(request: HttpRequest, name: str) -> HttpResponse:
    """What one count consists of, each line with the way to put it right."""
    box = queues_for(request.user).get(name)
    if box is None:
        raise Http404
    address = reverse("admin:box", args=[name])
    if box.url != address:
        return HttpResponseRedirect(box.url)
    now = timezone.now()
    entries = box.items(request.user, now)
    context = {
        **admin.site.each_context(request),
        "title": box.label,
        "box": box,
        "entries": entries,
        "is_cut": len(entries) >= MAX_ITEMS,
        "shown": MAX_ITEMS,
        "has_details": any(entry.detail for entry in entries),
        "has_moments": any(entry.at for entry in entries),
    }
    return TemplateResponse(request, "admin/dashboard/work_queue.html", context)
