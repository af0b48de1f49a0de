from django.contrib import admin

from news.models import Section
from postportal.staff.model_admin import PortalAdmin


@admin.register(Section)
class SectionAdmin(PortalAdmin):
    list_display = ["name", "name_zh", "order"]
    search_fields = ["folded_name", "folded_name_zh"]
    ordering = ["order", "name"]
