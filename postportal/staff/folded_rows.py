"""Child rows of forms that are one line each until they are opened."""

from django.db.models import Model

from postportal.staff.model_admin import ChildRowInline
from postportal.staff.ordered_rows import ORDER


class FoldedRowInline(ChildRowInline):
    """Base for child rows that are read more often than changed: each is one line that opens to its fields. Rows whose
    model has an order can be moved."""

    model: type[Model]
    template = "admin/rows/folded_rows.html"

    @property
    def order_field(self) -> str:
        """Return the name of the field with the number of a row, "" if rows have none."""
        return ORDER if any(field.name == ORDER for field in self.model._meta.concrete_fields) else ""
