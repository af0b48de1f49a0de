"""Views of the work queues: their counts on the dashboard, and the list behind each count."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from postportal.staff.work_queues import MAX_ITEMS, queue_counts, queues_for


def count_work_queues(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the queues visible to the user, each with its count."""
    queues = queues_for(request.user).values()
    counts = queue_counts(queues, request.user, timezone.now())
    return [{"queue": queue, "count": counts.get(queue.name, 0)} for queue in queues]


def work_queue_view(request: HttpRequest, name: str) -> HttpResponse:
    """List the items of one queue, each with a link to the form where it is dealt with."""
    queue = queues_for(request.user).get(name)
    if queue is None:
        raise Http404
    if queue.url != reverse("admin:work_queue", args=[name]):
        return HttpResponseRedirect(queue.url)
    items = queue.items(request.user, timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": queue.label,
        "queue": queue,
        "items": items,
        "is_truncated": len(items) >= MAX_ITEMS,
        "max_items": MAX_ITEMS,
    }
    return TemplateResponse(request, "admin/dashboard/work_queue.html", context)
