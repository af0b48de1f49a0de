from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.appointment import AppointmentInline
from news.admin.name_findings import NameFindingsPanel, proposed_appointment
from news.admin.planned_ends import PlannedEndsAdmin
from news.models import Person, PersonName
from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedProposalAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class PersonNameInline(ChildRowInline):
    model = PersonName


class AppointmentOfPersonInline(AppointmentInline):
    fk_name = "person"
    exclude = ["publish_at", "expire_at"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if proposed_appointment(request) else super().get_extra(request, obj, **kwargs)


@admin.register(Person)
class PersonAdmin(PlannedEndsAdmin, PubliclyTimedProposalAdmin):
    change_form_template = "admin/news/person/change_form.html"
    list_display = ["name", "name_zh", "told_apart_by", "visibility"]
    list_filter = [StatusFilter]
    search_fields = ["folded_name", "folded_name_zh", "names__folded_name"]
    search_help_text = _("Searches all names, in every script, and biographies.")
    ordering = ["sort_key", "pk"]
    panels = [NameFindingsPanel, *PubliclyTimedProposalAdmin.panels]
    inlines = [PersonNameInline, AppointmentOfPersonInline]
    fieldsets = [
        (None, {"fields": ["family_name", "given_name", "name_order", "name_zh", "told_apart_by", "slug"]}),
        (
            _("Other parts of the name"),
            {
                "fields": ["honorific", "second_family_name", "patronymic", "written_name"],
                "classes": ["collapse"],
            },
        ),
        (_("Profile"), {"fields": ["portrait", "biography", "same_as"]}),
        VISIBILITY_FIELDSET,
    ]

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        proposed = proposed_appointment(request) if prefix == "appointments" else None
        return {**kwargs, "initial": [proposed]} if proposed else kwargs
