from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.admin.appointment import AppointmentInline
from news.models import Person, PersonName
from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class PersonNameInline(ChildRowInline):
    model = PersonName


class AppointmentOfPersonInline(AppointmentInline):
    fk_name = "person"
    exclude = ["publish_at", "expire_at"]


@admin.register(Person)
class PersonAdmin(PubliclyTimedAdmin):
    change_form_template = "admin/news/person/change_form.html"
    list_display = ["name", "name_zh", "told_apart_by", "visibility"]
    list_filter = [StatusFilter]
    search_fields = ["folded_name", "folded_name_zh", "names__folded_name"]
    search_help_text = _("Searches all names, in every script, and biographies.")
    ordering = ["sort_key", "pk"]
    inlines = [PersonNameInline, AppointmentOfPersonInline]
    fieldsets = [
        (None, {"fields": ["family_name", "given_name", "name_order", "name_zh", "told_apart_by", "slug"]}),
        (_("Profile"), {"fields": ["portrait", "biography", "same_as"]}),
        VISIBILITY_FIELDSET,
    ]
