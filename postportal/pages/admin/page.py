from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from postportal.documents.inlines import AttachmentInline
from postportal.pages.models import Page, PageDocument
from postportal.publishing.admin import (
    CORRECTION_FIELDSET,
    PUBLISHING_FIELDSET,
    AssignmentFilter,
    ChangedFilter,
    PublishableAdmin,
    TranslationFilter,
    WorkFilter,
    WriterFilter,
    change_language,
)
from postportal.publishing.workflow.status import StatusFilter


class PageDocumentInline(AttachmentInline):
    model = PageDocument


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ["title", "visibility", "path", "writer", "changed", "language"]
    list_filter = [
        StatusFilter,
        WorkFilter,
        AssignmentFilter,
        WriterFilter,
        "language",
        TranslationFilter,
        ChangedFilter,
    ]
    list_select_related = ["created_by"]
    actions = [*PublishableAdmin.actions, change_language]
    search_fields = ["folded_title", "path"]
    search_help_text = _("Searches titles, texts and URLs.")
    ordering = ["title", "pk"]
    inlines = [PageDocumentInline]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"], "classes": ["cover"]}),
        (_("URL and language"), {"fields": ["path", "language", "translation_of"], "classes": ["facts"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
    ]
