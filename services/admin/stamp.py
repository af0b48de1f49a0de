from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline, PortalAdmin
from services.models import Stamp

STAMP_FIELDS: list[Any] = [
    "position",
    "name",
    "name_zh",
    "is_souvenir_sheet",
    "image",
    "description",
    "denomination",
    "rate_name",
    "width_mm",
    "height_mm",
    "perforation_horizontal",
    "perforation_vertical",
    "wns_number",
    "print_run",
]


class StampInline(ChildRowInline):
    model = Stamp
    fields = STAMP_FIELDS


@admin.register(Stamp)
class StampAdmin(PortalAdmin):
    """A read-only list to find stamps in. They are edited in the form of their issue and are part of its drafts."""

    actions = None
    list_display = ["name", "issue", "position", "denomination", "wns_number"]
    list_filter = ["is_souvenir_sheet"]
    list_select_related = ["issue"]
    search_fields = ["name", "name_zh", "wns_number", "issue__title"]
    search_help_text = _("Searches names, WNS numbers and issues.")
    ordering = ["-issue__issued_on", "issue", "position"]
    fields = ["issue", *STAMP_FIELDS]

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
