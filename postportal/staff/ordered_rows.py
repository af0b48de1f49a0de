"""Rows that can be moved in their list: by buttons, by dragging, or by typing their numbers."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ORDER = "order"


class OrderedListMixin(admin.ModelAdmin):
    """List whose rows can be moved among those with the same value of `order_group`. It shows the column `moves`."""

    order_field = ORDER
    order_group: ClassVar[str]
    list_editable = [ORDER]

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        return columns if self.has_change_permission(request) else [name for name in columns if name != "moves"]

    @admin.display(description=_("move"))
    def moves(self, row: Any) -> SafeString:
        context = {
            "order_field": self.order_field,
            "order_group": getattr(row, self.order_group),
            "moved_message": gettext("Now number %s. Save the list to keep the order."),
            "name": str(row),
        }
        return render_to_string("admin/rows/_move_buttons.html", context)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and db_field.name == self.order_field:
            # The list has no label for the field except the column heading.
            formfield.widget.attrs["aria-label"] = _("Order")
        return formfield
