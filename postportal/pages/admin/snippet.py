"""Admin of snippets."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from postportal.pages.models import Snippet
from postportal.pages.references import snippet_choices
from postportal.publishing.admin import VersionedAdmin
from postportal.richtext.references import reference_to
from postportal.richtext.snippets import SNIPPET
from postportal.richtext.usage import find_rows_containing
from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.deletion import describe_rows


@admin.register(Snippet)
class SnippetAdmin(LoggedChangesMixin, VersionedAdmin):
    fields = ["title", "language", "used_on", "text"]
    readonly_fields = ["used_on"]
    list_display = ["title", "language"]
    list_filter = ["language"]
    search_fields = ["folded_title"]
    search_help_text = gettext_lazy("Searches titles.")
    ordering = ["title", "pk"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.fields if obj or name != "used_on"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_GET(self.choices_view))
        return [path("choices/", view, name="pages_snippet_choices"), *super().get_urls()]

    def choices_view(self, request: HttpRequest) -> JsonResponse:
        """Return the snippets that texts can show."""
        if not request.user.has_perm("pages.view_snippet"):
            raise PermissionDenied
        return JsonResponse({"choices": [choice._asdict() for choice in snippet_choices(timezone.now())]})

    @admin.display(description=gettext_lazy("used in"))
    def used_on(self, snippet: Snippet) -> SafeString:
        counts = [rows.count() for rows in _texts_with([snippet])]
        context = {"uses": self.all_uses([snippet]), "count": sum(counts)}
        return render_to_string("admin/pages/_snippet_uses.html", context)

    def all_uses(self, snippets: Sequence[Snippet]) -> list[Any]:
        """Return the items whose texts show the snippets, as a nested list."""
        lines: list[Any] = []
        for rows in _texts_with(snippets):
            lines += describe_rows(rows, place=gettext_lazy("in text"), site=self.admin_site)
        return lines

    def protecting_uses(self, rows: list[Model]) -> list[Any]:
        return self.all_uses([row for row in rows if isinstance(row, Snippet)])


def _texts_with(snippets: Sequence[Snippet]) -> list[Any]:
    pieces = [f'href="{reference_to(snippet.pk, scheme=SNIPPET)}"' for snippet in snippets]
    return find_rows_containing(pieces) if pieces else []
