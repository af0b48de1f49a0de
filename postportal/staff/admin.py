"""Admin screen of the audit log, and its export as CSV. It is here because audit must not import staff."""

from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.audit.models import Entry
from postportal.staff.account_names import accounts_called
from postportal.staff.read_only import ReadOnlyAdmin
from postportal.staff.typed_filters import TypedFilter
from postportal.web.csv_export import csv_response
from postportal.web.personal_zone import in_personal_zone

ANONYMOUS = "-"
MAX_ACTORS = 1000
LOG_COLUMNS = [
    *("number", "at", "action", "actor_id", "actor_name", "item_label", "item_key", "item_name", "detail", "address"),
    *("previous_hash", "hash"),
]


class ActorFilter(TypedFilter):
    """Filter by the username stored in the entries, so that deleted accounts are offered too; else by the names of
    accounts."""

    title = gettext_lazy("account")
    parameter_name = "actor"

    def matching(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        if typed.casefold() in {ANONYMOUS, _("not logged in").casefold()}:
            return rows.filter(actor_name="")
        # Who chooses a username from the list wants nobody whose name begins with it.
        is_username = Exists(Entry.objects.filter(actor_name=typed))
        called = accounts_called(typed).filter(~is_username).values("username")
        return rows.filter(Q(actor_name=typed) | Q(actor_name__in=called))

    @cached_property
    def suggestions(self) -> list[str]:
        names = Entry.objects.order_by("actor_name").values_list("actor_name", flat=True).distinct()[:MAX_ACTORS]
        return [name or _("not logged in") for name in names]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    """List and detail pages of the audit log, for administrators to read."""

    change_list_template = "admin/audit/entry/change_list.html"
    # It has one of its own, with all columns.
    has_export = False
    list_display = ["logged_at", "action", "actor_name", "item", "short_detail", "address"]
    list_filter = ["action", ActorFilter]
    date_hierarchy = "at"
    has_every_year = True
    search_fields = ["actor_name", "item_name", "item_label", "detail", "address"]
    search_help_text = gettext_lazy("Searches accounts, items, details and IP addresses.")
    ordering = ["-number"]
    fields = [
        *("number", "logged_at", "action", "actor_name", "actor_id", "address"),
        *("item", "item_label", "item_key", "detail", "previous_hash", "hash"),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=gettext_lazy("time"), ordering="number")
    def logged_at(self, entry: Entry) -> str:
        """Show seconds, since the order of entries matters."""
        return f"{in_personal_zone(entry.at):%Y-%m-%d %H:%M:%S}"

    @admin.display(description=gettext_lazy("details"))
    def short_detail(self, entry: Entry) -> str:
        return Truncator(entry.detail).chars(120)

    @admin.display(description=gettext_lazy("item"), ordering="item_name")
    def item(self, entry: Entry) -> SafeString | str:
        """Link to the form of the item, by the name stored in the entry. The item itself may be deleted."""
        name = entry.item_name or entry.item_key or entry.item_label or "–"
        try:
            view = f"{self.admin_site.name}:{entry.item_label.replace('.', '_')}"
            if entry.item_key:
                url = reverse(f"{view}_change", args=[quote(entry.item_key)])
            else:
                url = reverse(f"{view}_changelist")
        except NoReverseMatch:
            return name
        return format_html('<a href="{}">{}</a>', url, name)

    def get_urls(self) -> list[Any]:
        export = path("export/", self.admin_site.admin_view(self.export), name="audit_entry_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Export all entries that match the filters of the list. The export itself is logged."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            changelist = self.get_changelist_instance(request)
        except (IncorrectLookupParameters, ValidationError, ValueError, OverflowError):
            return self._refuse(request, _("This filter is not valid. Nothing was exported."))
        filters = request.GET.urlencode() or "no filters"
        entry = log_action(
            Action.EXPORT, request=request, item=Entry, detail=f"{changelist.result_count} entries, {filters}"
        )
        rows = changelist.queryset.filter(number__lt=entry.number).values_list(*LOG_COLUMNS)
        return csv_response(
            rows.iterator(chunk_size=2000), name=f"audit-log-{entry.at:%Y%m%d-%H%M%S}.csv", columns=LOG_COLUMNS
        )
