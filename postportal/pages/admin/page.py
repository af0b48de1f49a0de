from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Page
from postportal.publishing.admin import CORRECTION_FIELDSET, PUBLISHING_FIELDSET, PublishableAdmin
from postportal.publishing.workflow.status import StatusFilter


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ["title", "visibility", "path", "language", "modified_at"]
    list_filter = [StatusFilter, "language"]
    search_fields = ["folded_title", "path"]
    search_help_text = _("Searches titles and URLs.")
    ordering = ["title", "pk"]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body"], "classes": ["cover"]}),
        (_("URL and language"), {"fields": ["path", "language", "translation_of"], "classes": ["facts"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
    ]
