from django.contrib import admin

from postportal.pages.models import ServiceNotice
from postportal.publishing.admin import PubliclyTimedProposalAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.change_log import LoggedChangesMixin


@admin.register(ServiceNotice)
class ServiceNoticeAdmin(LoggedChangesMixin, PubliclyTimedProposalAdmin):
    list_display = ["text", "visibility", "language", "begins_on", "ends_on", "publish_at", "expire_at"]
    list_filter = [StatusFilter, "language"]
    date_hierarchy = "publish_at"
    search_fields = ["text"]
    ordering = ["-publish_at", "-pk"]
    autocomplete_fields = ["services", "fallback_hotline"]
    fields = [
        *("text", "link", "link_text", "services", "areas", "begins_on", "ends_on", "fallback_hotline"),
        *("language", "translation_of", "publish_at", "expire_at"),
    ]
