from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import PlannedChange
from postportal.publishing.admin import PubliclyTimedAdmin
from postportal.publishing.workflow.status import StatusFilter


@admin.register(PlannedChange)
class PlannedChangeAdmin(PubliclyTimedAdmin):
    """A planned change can be edited until it is made."""

    change_form_template = "admin/news/plannedchange/change_form.html"
    list_display = ["__str__", "day", "visibility"]
    list_filter = [StatusFilter]
    list_select_related = ["person", "organization", "position__organization", "new_parent"]
    search_fields = [
        *("person__folded_name", "organization__folded_name", "position__folded_label"),
        *("position__organization__folded_name", "new_parent__folded_name"),
    ]
    search_help_text = _("Searches people, organizations and positions.")
    ordering = ["-takes_effect_on", "-pk"]
    fieldsets = [
        (None, {"fields": ["person", "organization", "position", "takes_effect_on", "takes_effect_precision"]}),
        (_("New name"), {"fields": ["new_name", "new_given_name", "new_name_zh"]}),
        (_("Organization"), {"fields": ["new_parent", "is_dissolution"]}),
        (_("Announcement"), {"fields": ["publish_at"]}),
    ]

    @admin.display(description=_("applies from"), ordering="takes_effect_on")
    def day(self, obj: PlannedChange) -> str:
        return obj.day_in_words

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj is not None and obj.made_at)

    def save_model(self, request: HttpRequest, obj: PlannedChange, form: Any, change: bool) -> None:
        user: Any = request.user
        obj.planned_by, obj.failure = user, ""
        super().save_model(request, obj, form, change)
