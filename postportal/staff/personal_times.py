"""Times on the forms and lists of the admin, in the time zone of the person who reads and types them."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.forms import Field
from django.http import HttpRequest

from postportal.staff.date_inputs import time_zone_help
from postportal.web.personal_zone import is_abroad, staff_time


class PersonalTimes(BaseModelAdmin):
    """Fields for times name their zone, which the browser's picker does not show. Lists and read-only fields show times
    in the zone of the person; the stock admin would convert them to that of the portal."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(db_field, models.DateTimeField):
            formfield.help_text = time_zone_help(formfield.help_text)
        return formfield

    def get_list_display(self, request: HttpRequest) -> Any:
        columns: Any = super().get_list_display(request)  # type: ignore[misc]
        if not is_abroad():
            return columns
        return [_column(self, name) if _is_time(self.model, name) else name for name in columns]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        if row is not None and is_abroad():
            for name in self.get_readonly_fields(request, row):
                if _is_time(self.model, name):
                    # The same moment, marked as converted; the row is only shown from here on.
                    setattr(row, name, staff_time(getattr(row, name)))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _is_time(model: type[models.Model], name: Any) -> bool:
    if not isinstance(name, str):
        return False
    try:
        return isinstance(model._meta.get_field(name), models.DateTimeField)
    except FieldDoesNotExist:
        return False


def _column(model_admin: BaseModelAdmin, name: str) -> Any:
    """Return a column that shows the times of a field, with its heading and order."""

    def column(row: Any) -> Any:
        return staff_time(getattr(row, name))

    column.__name__ = name
    column.short_description = model_admin.model._meta.get_field(name).verbose_name  # type: ignore[attr-defined]
    column.admin_order_field = name  # type: ignore[attr-defined]
    return column
