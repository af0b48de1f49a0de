"""The form of a handover, opened from its position."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm, Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.handover_timeline import TimelinePanel
from news.models import Appointment, Handover
from postportal.publishing.admin import PubliclyTimedAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.web.row_keys import is_row_key


@admin.register(Handover)
class HandoverAdmin(PubliclyTimedAdmin):
    """A handover is changed until it is made. Afterwards its appointments are."""

    panels = [TimelinePanel, *PubliclyTimedAdmin.panels]
    change_form_template = "admin/news/handover/change_form.html"
    list_display = ["position", "leaving_person", "comes", "first_day", "visibility"]
    list_filter = [StatusFilter]
    list_select_related = ["position__organization", "leaving__person", "comes"]
    search_fields = ["position__folded_label", "position__organization__folded_name", "comes__folded_name"]
    search_help_text = _("Searches positions, organizations and successors.")
    ordering = ["-publish_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["position"]}),
        (_("Leaves"), {"fields": ["leaving", "last_day"], "classes": ["seat"]}),
        (_("Acts in between"), {"fields": ["acting", "acting_until"], "classes": ["seat"]}),
        (_("Comes"), {"fields": ["comes", "first_day"], "classes": ["seat"]}),
        (_("When it becomes public"), {"fields": ["publish_at"]}),
        (_("Title override"), {"fields": ["label", "label_zh"], "classes": ["collapse"]}),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and obj.made_at)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        field: Any = form.base_fields.get("leaving")
        if field is not None:
            # The holders of the position, which is known before the form is shown.
            chosen = obj.leaving_id if obj else None
            field.queryset = _appointments_of(_position_key(request, obj), chosen) | field.queryset.none()
            field.label_from_instance = lambda row: f"{row.person} ({row.period})"
            field.widget = Select()
            field.widget.choices = field.choices
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        if "leaving" not in initial:
            holders = list(_appointments_of(_position_key(request, None)).filter(ends_before__isnull=True)[:2])
            initial |= {"leaving": str(holders[0].pk)} if len(holders) == 1 else {}
        return initial

    def save_model(self, request: HttpRequest, obj: Handover, form: Any, change: bool) -> None:
        user: Any = request.user
        obj.planned_by, obj.failure = user, ""
        super().save_model(request, obj, form, change)

    @admin.display(description=_("leaves"), ordering="leaving__person__sort_key")
    def leaving_person(self, row: Handover) -> str:
        return str(row.leaving.person) if row.leaving else ""


def _position_key(request: HttpRequest, row: Handover | None) -> int | None:
    key = request.POST.get("position") or (row and row.position_id) or request.GET.get("position", "")
    return int(key) if is_row_key(str(key)) else None


def _appointments_of(position: int | None, chosen: int | None = None) -> Any:
    """Return the appointments of those who can leave: holders, and whoever was chosen elsewhere."""
    holders = Q(position=position, is_acting=False) if position else Q(pk=None)
    rows = Appointment.objects.filter(holders | Q(pk=chosen))
    return rows.select_related("person", "position__organization").order_by("-held_from", "pk")
