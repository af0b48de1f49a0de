"""The read-back of the form of a handover: what readers will see and when, also while it is typed."""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_POST

from news.handover_timeline import timeline_of
from news.models import Handover, Mention
from postportal.staff.panels import Panel


class TimelinePanel(Panel):
    def urls(self) -> list[URLPattern]:
        view = require_POST(self.timeline_view)
        return [self.path("timeline/", view, "timeline"), self.path("<path:object_id>/timeline/", view, "timeline_of")]

    def timeline_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """Return the steps of the handover that is being typed, as a piece of HTML."""
        row = self.model_admin.get_object(request, unquote(object_id)) if object_id else None
        if object_id and row is None:
            raise Http404
        if not self.can_write(request, row):
            raise PermissionDenied
        fields = flatten_fieldsets(self.model_admin.get_fieldsets(request, row))
        form = self.model_admin.get_form(request, row, change=row is not None, fields=fields)(
            request.POST, instance=row
        )
        if form.is_valid():
            context = steps_context(form.instance)
        else:
            typed = [errors for name, errors in form.errors.items() if form.data.get(name) or name == "__all__"]
            context = {"handover_problems": [text for errors in typed for text in errors]}
        return render(request, "admin/news/handover/_timeline.html", context)

    def context(self, request: HttpRequest, item: Handover | None) -> dict[str, Any]:
        context = steps_context(item) if item else {}
        if self.can_write(request, item):
            context["timeline_url"] = self.url("timeline_of", item.pk) if item else self.url("timeline")
        return context


def steps_context(row: Handover) -> dict[str, Any]:
    """Return the steps, and how many articles go on showing who leaves."""
    kept = Mention.objects.filter(person=row.leaving.person_id).count() if row.leaving else 0
    return {"handover_steps": timeline_of(row, today=timezone.localdate()), "kept_articles": kept}
