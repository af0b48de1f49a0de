from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from postportal.publishing.admin import VersionedAdmin
from postportal.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(VersionedAdmin):
    list_display = ["words", "is_one_way"]
    list_filter = ["is_one_way"]
    search_fields = ["words"]
    search_help_text = _("Searches words.")
    ordering = ["words"]
