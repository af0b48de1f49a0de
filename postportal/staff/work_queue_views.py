"""The home of somebody on the staff: what waits, and the list behind each count."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from postportal.staff.work_queues import SHOWN, boxes_for, counts


def waiting(request: HttpRequest) -> list[dict[str, Any]]:
    """The boxes of whoever looks, with their counts."""
    boxes = boxes_for(request.user).values()
    found = counts(boxes, request.user, timezone.now())
    return [{"box": box, "count": found.get(box.name, 0)} for box in boxes]


def box_list(request: HttpRequest, name: str) -> HttpResponse:
    """What one count consists of, each line with the way to put it right."""
    box = boxes_for(request.user).get(name)
    if box is None:
        raise Http404
    address = reverse("admin:box", args=[name])
    if box.address != address:
        return HttpResponseRedirect(box.address)
    now = timezone.now()
    entries = box.entries(request.user, now)
    context = {
        **admin.site.each_context(request),
        "title": box.label,
        "box": box,
        "entries": entries,
        "is_cut": len(entries) >= SHOWN,
        "shown": SHOWN,
        "has_details": any(entry.detail for entry in entries),
        "has_moments": any(entry.moment for entry in entries),
    }
    return TemplateResponse(request, "admin/desk/box.html", context)
