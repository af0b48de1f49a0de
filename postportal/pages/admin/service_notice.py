from django.contrib import admin

from postportal.pages.models import ServiceNotice
from postportal.publishing.admin import PubliclyTimedAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.change_log import LoggedChangesMixin


@admin.register(ServiceNotice)
class ServiceNoticeAdmin(LoggedChangesMixin, PubliclyTimedAdmin):
    list_display = ["text", "visibility", "language", "publish_at", "expire_at"]
    list_filter = [StatusFilter, "language"]
    date_hierarchy = "publish_at"
    search_fields = ["text"]
    ordering = ["-publish_at", "-pk"]
    fields = ["text", "link", "link_text", "language", "translation_of", "publish_at", "expire_at"]
