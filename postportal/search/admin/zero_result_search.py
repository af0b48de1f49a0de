"""Report of searches without results: topics that the portal lacks, or words that it does not use."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.search.models import PinnedResult, Synonym, ZeroResultSearch
from postportal.staff.permissions import has_model_permission
from postportal.staff.read_only import ReadOnlyAdmin


@admin.register(ZeroResultSearch)
class ZeroResultSearchAdmin(ReadOnlyAdmin):
    """Read-only counts, with links to add a synonym or pin a result."""

    list_display = ["text", "language", "total", "last_day", "suggested_fixes"]
    list_display_links = None
    list_filter = ["language"]
    search_fields = ["text"]
    search_help_text = gettext_lazy("Searches queries.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = ZeroResultSearch.objects.by_text(timezone.localdate())
        return rows.order_by("-total", "-day", "pk")

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_fix = any(has_model_permission(request.user, "add", model) for model in (Synonym, PinnedResult))
        return self.list_display if may_fix else self.list_display[:-1]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        subtitle = _("Last 90 days, most frequent first. Only search texts and counts are stored.")
        return super().changelist_view(request, {"subtitle": subtitle, **(extra_context or {})})

    @admin.display(description=gettext_lazy("searches"), ordering="total")
    def total(self, row: Any) -> int:
        return int(row.total)

    @admin.display(description=gettext_lazy("last searched"), ordering="day")
    def last_day(self, row: ZeroResultSearch) -> Any:
        return row.day

    @admin.display(description=gettext_lazy("actions"))
    def suggested_fixes(self, row: ZeroResultSearch) -> SafeString:
        with translation.override(row.language):
            search_url = reverse("search")
        return format_html(
            '<a href="{}?{}">{}</a> · <a href="{}?{}">{}</a> · <a href="{}?{}">{}</a>',
            search_url,
            urlencode({"q": row.text}),
            _("Search again"),
            reverse("admin:search_synonym_add"),
            urlencode({"words": row.text}),
            _("Add synonym"),
            reverse("admin:search_pinnedresult_add"),
            urlencode({"queries": row.text}),
            _("Pin result"),
        )
