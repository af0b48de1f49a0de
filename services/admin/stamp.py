from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline, PortalAdmin
from services.admin.stamp_rows import StampForm, StampFormSet
from services.models import Stamp

# What differs from stamp to stamp. The rest is folded: a form of twelve stamps was 311 fields long.
MAIN_FIELDS: list[Any] = ["name", "name_zh", "denomination"]
MORE_FIELDS: list[Any] = ["image", "wns_number", "mark", "position", "variety_of", "variety"]
OWN_FIELDS: list[Any] = [
    *("width_mm", "height_mm", "perforation_kind", "gauge", "colours", "print_run", "issued_on"),
]
RARE_FIELDS: list[Any] = ["description", "is_souvenir_sheet", "rate_name", "currency", "se_tenant"]


class StampInline(ChildRowInline):
    model = Stamp
    form = StampForm
    formset = StampFormSet
    template = "admin/services/stampissue/_stamps.html"
    fieldsets = [
        (None, {"fields": MAIN_FIELDS}),
        (None, {"fields": MORE_FIELDS}),
        (_("Own size, perforation, print run and date"), {"fields": OWN_FIELDS, "classes": ["collapse"]}),
        (_("Description, souvenir sheet and rate name"), {"fields": RARE_FIELDS, "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("image", "variety_of__issue")


@admin.register(Stamp)
class StampAdmin(PortalAdmin):
    """A read-only list to find stamps in. They are edited in the form of their issue and are part of its drafts."""

    actions = None
    list_display = ["name", "issue", "position", "denomination", "wns_number"]
    list_filter = ["is_souvenir_sheet"]
    list_select_related = ["issue"]
    search_fields = ["folded_name", "folded_name_zh", "wns_number", "issue__folded_title", "issue__serial_spellings"]
    search_help_text = _("Searches names, WNS numbers, issues and their serial numbers.")
    ordering = ["-issue__issued_on", "issue", "position"]
    fields = ["issue", *MAIN_FIELDS, *MORE_FIELDS, *OWN_FIELDS, *RARE_FIELDS]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("issue")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow deletion together with the issue, whose admin asks here as well; never of a stamp alone."""
        return not request.path.startswith(self.changelist_url()) and super().has_delete_permission(request, obj)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        if obj is None or not obj.pk or not obj.issue.is_visible(timezone.now()):
            return None
        return str(obj.get_absolute_url())
