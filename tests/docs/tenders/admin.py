from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from postportal.publishing.admin import CORRECTION_FIELDSET, PUBLISHING_FIELDSET, PublishableAdmin
from postportal.publishing.workflow.status import StatusFilter
from tests.docs.tenders.models import Tender


@admin.register(Tender)
class TenderAdmin(PublishableAdmin):
    list_display = ["title", "visibility", "closes_on", "language"]
    list_filter = [StatusFilter, "language"]
    date_hierarchy = "closes_on"
    search_fields = ["title", "slug"]
    search_help_text = _("Searches titles and URLs.")
    ordering = ["-closes_on", "-pk"]
    fieldsets = [
        (None, {"fields": ["title", "closes_on", "standfirst", "body"]}),
        (_("URL and language"), {"fields": ["slug", "language", "translation_of"]}),
        PUBLISHING_FIELDSET,
        CORRECTION_FIELDSET,
    ]
