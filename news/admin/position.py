from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.appointment import AppointmentInline
from news.admin.planned_ends import PlannedEndsAdmin
from news.models import Position, PositionLabel
from postportal.publishing.admin import ProposalAdmin
from postportal.staff.model_admin import ChildRowInline


class AppointmentOfPositionInline(AppointmentInline):
    fk_name = "position"
    exclude = ["publish_at", "expire_at"]


class PositionLabelInline(ChildRowInline):
    model = PositionLabel


@admin.register(Position)
class PositionAdmin(PlannedEndsAdmin, ProposalAdmin):
    change_form_template = "admin/news/position/change_form.html"
    list_display = ["label", "organization", "seats", "rank"]
    list_select_related = ["organization"]
    search_fields = ["folded_label", "folded_label_zh", "organization__folded_name"]
    search_help_text = _("Searches titles and organizations.")
    inlines = [PositionLabelInline, AppointmentOfPositionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # Names of positions contain the name of the organization, also in autocomplete fields.
        return super().get_queryset(request).select_related("organization")
