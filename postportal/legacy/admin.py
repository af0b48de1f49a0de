from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from postportal.legacy.models import Capture
from postportal.staff.read_only import ReadOnlyAdmin


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    """Read-only list of captured pages: the evidence of what the old site said."""

    list_display = ["__str__", "kind", "file_name", "imported_at"]
    list_filter = ["kind", "host"]
    date_hierarchy = "imported_at"
    search_fields = ["path", "file_name", "findings"]
    search_help_text = _("Searches old URLs, file names and findings.")
    ordering = ["-imported_at", "-pk"]
    fields = [
        *("kind", "host", "path", "file_name", "imported_item", "findings", "raw_text"),
        *("sha256", "captured_at", "first_imported_at", "imported_at"),
    ]

    @admin.display(description=_("imported as"))
    def imported_item(self, capture: Capture) -> SafeString | str:
        item = capture.item
        if item is None:
            return "–"
        return format_html('<a href="{}">{}</a>', item.get_absolute_url(), item)
