from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import FormerParent, Organization, OrganizationName, Position, Succession
from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedProposalAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class OrganizationNameInline(ChildRowInline):
    model = OrganizationName


class FormerParentInline(ChildRowInline):
    model = FormerParent
    fk_name = "organization"


class PositionInline(ChildRowInline):
    model = Position
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("organization")


class SuccessionInline(ChildRowInline):
    model = Succession
    fk_name = "predecessor"
    verbose_name = _("successor")
    verbose_name_plural = _("successors")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("predecessor", "successor")


@admin.register(Organization)
class OrganizationAdmin(PubliclyTimedProposalAdmin):
    change_form_template = "admin/news/organization/change_form.html"
    list_display = ["name", "abbreviation", "kind", "parent", "visibility"]
    list_filter = [StatusFilter, "kind"]
    list_select_related = ["parent"]
    search_fields = ["folded_name", "folded_name_zh", "folded_abbreviation", "names__folded_name"]
    search_help_text = _("Searches all names, abbreviations and descriptions.")
    ordering = ["sort_key", "pk"]
    inlines = [OrganizationNameInline, FormerParentInline, PositionInline, SuccessionInline]
    fieldsets = [
        (None, {"fields": ["name", "name_zh", "abbreviation", "slug", "kind", "parent"]}),
        (_("Profile"), {"fields": ["logo", "description", "website", "same_as"]}),
        (
            _("Dates"),
            {
                "fields": ["founded_on", "founded_precision", "dissolved_on", "dissolved_precision"],
                "classes": ["collapse"],
            },
        ),
        VISIBILITY_FIELDSET,
    ]
