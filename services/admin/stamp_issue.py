from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.images.admin import ACCEPTED_TYPES
from postportal.publishing.admin import CORRECTION_FIELDSET, PUBLISHING_FIELDSET, PublishableAdmin, tag_selected
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline
from services.admin.stamp import StampInline
from services.models import CatalogueReference, Credit, Product, StampIssue


class ProductInline(ChildRowInline):
    model = Product


class CreditInline(ChildRowInline):
    model = Credit

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "organization")


class CatalogueReferenceInline(ChildRowInline):
    model = CatalogueReference


@admin.register(StampIssue)
class StampIssueAdmin(PublishableAdmin):
    change_form_template = "admin/services/stampissue/change_form.html"
    list_display = ["title", "serial_number", "kind", "issued_on", "set_composition", "visibility"]
    list_filter = [StatusFilter, "kind", "is_cancelled"]
    date_hierarchy = "issued_on"
    search_fields = ["title", "title_zh", "slug"]
    search_help_text = _("Finds titles and serial numbers such as 2016-4.")
    ordering = ["-year", "-number", "-pk"]
    actions = [*PublishableAdmin.actions, tag_selected]
    inlines = [StampInline, ProductInline, CreditInline, CatalogueReferenceInline]
    fieldsets = [
        (None, {"fields": ["title", "title_zh", "kind", "standfirst", "body", "lead_image", "tags"]}),
        (_("Serial number"), {"fields": ["series", "year", "number", "slug"]}),
        (
            _("Dates and places"),
            {"fields": ["designs_shown_on", "issued_on", "sale_until", "is_cancelled", "first_day_places"]},
        ),
        (_("The set as stated"), {"fields": ["stamp_count", "souvenir_sheet_count", "face_value", "currency"]}),
        (
            _("Technical details"),
            {"fields": ["size", "perforation", "process", "sheet_composition", "print_run"]},
        ),
        (_("Who issues and sells it"), {"fields": ["issuer", "partners", "where_to_buy"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
    ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        issue = kwargs.get("obj")
        may_write = self.has_change_permission(request, issue) if issue else self.has_add_permission(request)
        if may_write and request.user.has_perm("images.add_image"):
            context |= {"drop_address": reverse("admin:images_image_upload"), "drop_accept": ACCEPTED_TYPES}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("serial number"), ordering="slug")
    def serial_number(self, issue: StampIssue) -> str:
        return issue.serial or "–"

    @admin.display(description=_("stamps"))
    def set_composition(self, issue: StampIssue) -> str:
        return issue.composition or "–"
