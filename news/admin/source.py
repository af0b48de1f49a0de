from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.models import Source, SourceAlias
from postportal.publishing.admin import VersionedAdmin
from postportal.staff.model_admin import ChildRowInline


class SourceAliasInline(ChildRowInline):
    model = SourceAlias


@admin.register(Source)
class SourceAdmin(VersionedAdmin):
    list_display = ["name", "name_zh", "website"]
    search_fields = ["folded_name", "folded_name_zh", "aliases__folded_name"]
    search_help_text = _("Searches names and aliases.")
    ordering = ["name", "pk"]
    inlines = [SourceAliasInline]
