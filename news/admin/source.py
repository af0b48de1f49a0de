from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.models import Source, SourceAlias
from postportal.staff.model_admin import ChildRowInline, PortalAdmin


class SourceAliasInline(ChildRowInline):
    model = SourceAlias


@admin.register(Source)
class SourceAdmin(PortalAdmin):
    list_display = ["name", "name_zh", "website"]
    search_fields = ["name", "name_zh", "aliases__name"]
    search_help_text = _("Searches names and aliases.")
    ordering = ["name", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SourceAliasInline]
