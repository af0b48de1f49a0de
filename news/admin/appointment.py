from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import Appointment
from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class AppointmentInline(ChildRowInline):
    model = Appointment
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "position__organization")


@admin.register(Appointment)
class AppointmentAdmin(PubliclyTimedAdmin):
    list_display = ["person", "position", "from_on", "until_on", "is_acting", "visibility"]
    list_filter = [StatusFilter, "is_acting"]
    list_select_related = ["person", "position__organization"]
    date_hierarchy = "from_on"
    search_fields = [
        "person__folded_name",
        "person__folded_name_zh",
        "position__folded_label",
        "position__folded_label_zh",
        "position__organization__folded_name",
    ]
    search_help_text = _("Searches people, positions and organizations.")
    ordering = ["-from_on", "-pk"]
    fieldsets = [
        (None, {"fields": ["person", "position", "is_acting"]}),
        (
            _("Period in the position"),
            {"fields": ["from_on", "from_precision", "attested_on", "until_on", "until_precision"]},
        ),
        (_("Title override"), {"fields": ["label", "label_zh"], "classes": ["collapse"]}),
        VISIBILITY_FIELDSET,
    ]
