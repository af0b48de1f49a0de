from django.contrib import admin

from postportal.publishing.admin import ProposalAdmin
from postportal.staff.change_log import LoggedChangesMixin
from services.models import Service


@admin.register(Service)
class ServiceAdmin(LoggedChangesMixin, ProposalAdmin):
    list_display = ["name", "name_zh", "organization", "order"]
    list_select_related = ["organization"]
    search_fields = ["folded_name", "folded_name_zh"]
    ordering = ["order", "name"]
