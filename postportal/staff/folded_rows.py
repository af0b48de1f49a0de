"""Child rows of forms that are one line each until they are opened."""

from postportal.staff.model_admin import ChildRowInline


class FoldedRowInline(ChildRowInline):
    """Base for child rows that are read more often than changed: each is one line that opens to its fields."""

    template = "admin/rows/folded_rows.html"
