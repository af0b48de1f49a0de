from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import MenuItem
from postportal.publishing.admin import VersionedAdmin
from postportal.staff.change_log import LoggedChangesMixin


@admin.register(MenuItem)
class MenuItemAdmin(LoggedChangesMixin, VersionedAdmin):
    list_display = ["label", "place", "order", "label_zh", "address"]
    list_editable = ["order"]
    list_filter = ["place"]
    search_fields = ["label", "label_zh", "address"]
    ordering = ["place", "order", "pk"]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == "order":
            # The list has no label for the field except the column heading.
            formfield.widget.attrs["aria-label"] = _("Order")
        return formfield
