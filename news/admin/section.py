from django.contrib import admin

from news.models import Section
from postportal.publishing.admin import VersionedAdmin


@admin.register(Section)
class SectionAdmin(VersionedAdmin):
    list_display = ["name", "name_zh", "order"]
    search_fields = ["folded_name", "folded_name_zh"]
    ordering = ["order", "name"]
