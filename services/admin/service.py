from django.contrib import admin

from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.model_admin import PortalAdmin
from services.models import Service


@admin.register(Service)
class ServiceAdmin(LoggedChangesMixin, PortalAdmin):
    list_display = ["name", "name_zh", "organization", "order"]
    list_select_related = ["organization"]
    search_fields = ["folded_name", "folded_name_zh"]
    ordering = ["order", "name"]
