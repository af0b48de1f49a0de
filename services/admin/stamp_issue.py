from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postportal.documents.inlines import AttachmentInline
from postportal.images.admin import ACCEPTED_TYPES
from postportal.publishing.admin import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    AssignmentFilter,
    ChangedFilter,
    PictureFilter,
    PublishableAdmin,
    TagFilter,
    WorkFilter,
    WriterFilter,
    add_tags,
    remove_tags,
)
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.folded_rows import FoldedRowInline
from postportal.staff.panels import Panel
from services.admin.field_warnings import WarnedIssueForm, WarningsPanel
from services.admin.stamp import StampInline
from services.models import CatalogueReference, Credit, IssueDocument, PartnerStamp, Product, StampIssue

ISSUE_FIELDS: list[Any] = [
    *("kind", "series", "year", "number", "issued_on", "designs_shown_on", "sale_until"),
    *("stamp_count", "souvenir_sheet_count", "face_value"),
]
SHARED_FIELDS: list[Any] = ["size", "perforation", "process", "print_run", "sheet_composition"]
MORE_SHARED_FIELDS: list[Any] = ["currency", "adhesive", "paper", "colours", "security_features"]
FILING_FIELDS: list[Any] = [
    *("tags", "issuer", "partners", "numbering", "slug", "issued_precision", "first_day_places", "is_cancelled"),
]


class PartnerStampInline(FoldedRowInline):
    model = PartnerStamp

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("partner", "image")


class ProductInline(FoldedRowInline):
    model = Product


class CreditInline(FoldedRowInline):
    model = Credit

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "organization")


class CatalogueReferenceInline(FoldedRowInline):
    model = CatalogueReference


class IssueDocumentInline(AttachmentInline):
    model = IssueDocument


class StampUploadPanel(Panel):
    """Upload of the pictures of several stamps at once."""

    def context(self, request: HttpRequest, item: StampIssue | None) -> dict[str, Any]:
        if not (self.can_write(request, item) and request.user.has_perm("images.add_image")):
            return {}
        return {"stamp_upload_url": reverse("admin:images_image_upload"), "accepted_types": ACCEPTED_TYPES}


@admin.register(StampIssue)
class StampIssueAdmin(PublishableAdmin):
    form = WarnedIssueForm
    panels = [StampUploadPanel, WarningsPanel, *PublishableAdmin.panels]
    change_form_template = "admin/services/stampissue/change_form.html"
    list_display = [
        *("picture", "title", "serial_number", "kind", "issued_on", "set_composition", "visibility"),
        *("writer", "changed"),
    ]
    list_display_links = ["title"]
    list_filter = [
        *(
            StatusFilter,
            WorkFilter,
            "kind",
            "is_cancelled",
            AssignmentFilter,
            WriterFilter,
            TagFilter,
            ChangedFilter,
            PictureFilter,
        ),
    ]
    list_select_related = ["lead_image", "created_by"]
    date_hierarchy = "issued_on"
    search_fields = ["folded_title", "folded_title_zh", "serial_spellings", "slug"]
    search_help_text = _("Searches titles, texts, names and serial numbers in every spelling, such as 2016-4 or T46.")
    ordering = ["-year", "-number", "-pk"]
    actions = [*PublishableAdmin.actions, add_tags, remove_tags]
    inlines = [
        *(StampInline, PartnerStampInline, ProductInline, CreditInline, CatalogueReferenceInline),
        IssueDocumentInline,
    ]
    fieldsets = [
        (None, {"fields": ["title", "title_zh"], "classes": ["cover", "name-pair"]}),
        (_("The issue"), {"fields": ISSUE_FIELDS, "classes": ["tight"]}),
        (
            _("All stamps"),
            {
                "fields": SHARED_FIELDS,
                "classes": ["tight", "shared-values"],
                "description": _("A stamp that differs says so in its row."),
            },
        ),
        (
            _("More of all stamps: currency, paper, gum, colours"),
            {"fields": MORE_SHARED_FIELDS, "classes": ["collapse"]},
        ),
        (
            _("Text, picture and where to buy"),
            {"fields": ["lead_image", "standfirst", "body", "where_to_buy"], "classes": ["collapse"]},
        ),
        (_("Themes, partners, numbering and URL"), {"fields": FILING_FIELDS, "classes": ["collapse"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
    ]

    @admin.display(description=_("serial number"), ordering="serial")
    def serial_number(self, issue: StampIssue) -> str:
        return issue.serial or "–"

    @admin.display(description=_("stamps"))
    def set_composition(self, issue: StampIssue) -> str:
        return issue.composition or "–"
