"""The read-back of the hotline form: what typed numbers and hours mean, and warnings when the form is saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.views.decorators.http import require_GET, require_POST

from postportal.staff.panels import Panel
from services.admin.moment import moment_as_typed
from services.admin.number_checks import how_it_is_dialled, number_warnings
from services.admin.week_bars import how_a_week_is_read
from services.models import Hotline
from services.models.hours_in_words import week_in_words
from services.models.hours_line import read_hours

MAX_TYPED = 300


def how_hours_are_read(typed: str) -> list[str]:
    """Return one line for all days with the same hours, or what is wrong with the hours."""
    try:
        return week_in_words(read_hours(typed))
    except ValidationError as error:
        return list(error.messages)


class ReadBackPanel(Panel):
    def urls(self) -> list[URLPattern]:
        return [
            self.path("read-back/", require_GET(self.read_back_view), "read_back"),
            self.path("moment/", require_POST(self.moment_view), "moment"),
        ]

    def read_back_view(self, request: HttpRequest) -> HttpResponse:
        """Return what is understood of a field that is being typed: a drawn week, or one line each as JSON."""
        self._require_writing(request)
        kind, typed, region = (request.GET.get(name, "")[:MAX_TYPED] for name in ("kind", "typed", "region"))
        if kind == "week":
            return render(request, "admin/services/hotline/_week.html", {"read": how_a_week_is_read(typed)})
        if not typed.strip():
            return JsonResponse({"lines": []})
        lines = how_hours_are_read(typed) if kind == "hours" else how_it_is_dialled(typed, region=region)
        return JsonResponse({"lines": lines})

    def moment_view(self, request: HttpRequest) -> HttpResponse:
        """Show what readers would see of the form, which is not saved, at the moment that is typed in it."""
        self._require_writing(request)
        context = {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.opts,
            "moment": moment_as_typed(request.POST),
        }
        return render(request, "admin/services/hotline/moment.html", context)

    def _require_writing(self, request: HttpRequest) -> None:
        admin = self.model_admin
        may_write = admin.has_add_permission(request) or admin.has_change_permission(request)
        if not may_write and not admin.may_propose(request, None):
            raise PermissionDenied

    def context(self, request: HttpRequest, item: Hotline | None) -> dict[str, Any]:
        if not self.can_write(request, item):
            return {}
        return {
            "read_back_url": self.url("read_back"),
            "moment_url": self.url("moment"),
            "number_warnings": number_warnings(item) if item else [],
        }

    def on_form_saved(self, request: HttpRequest, item: Hotline) -> None:
        for text in number_warnings(Hotline.objects.get(pk=item.pk)):
            self.model_admin.message_user(request, text, messages.WARNING)
