from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Redirect
from postportal.publishing.admin import VersionedAdmin
from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.deletion import admin_link


class ItemTypeFilter(admin.SimpleListFilter):
    """The types of items that redirects lead to, by the names that staff know."""

    title, parameter_name = _("item type"), "content_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        used = ContentType.objects.filter(pk__in=Redirect.objects.values("content_type"))
        return sorted(((str(row.pk), capfirst(row.name)) for row in used), key=lambda choice: str(choice[1]))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = self.value()
        return queryset.filter(content_type=key) if key in dict(self.lookup_choices) else queryset


@admin.register(Redirect)
class RedirectAdmin(LoggedChangesMixin, VersionedAdmin):
    list_display = ["old_path", "old_host", "leads_to"]
    list_filter = [ItemTypeFilter]
    search_fields = ["old_path", "old_host", "new_address"]
    search_help_text = _("Searches old and new URLs.")
    ordering = ["old_path", "pk"]
    fieldsets = [
        (None, {"fields": ["old_path", "old_host"]}),
        (_("Target (one of these)"), {"fields": ["new_address", "gone_reason", "content_type", "object_id"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("target")

    @admin.display(description=_("redirects to"))
    def leads_to(self, redirect: Redirect) -> Any:
        if redirect.content_type_id:
            return admin_link(redirect.target, site=self.admin_site) if redirect.target else _("deleted item")
        return redirect.new_address or _("removed: %(reason)s") % {"reason": redirect.gone_reason}

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        # The only foreign key is the item type. Items are rows that have a page.
        with_page = [model for model in apps.get_models() if hasattr(model, "get_absolute_url")]
        types = ContentType.objects.get_for_models(*with_page)
        kwargs["queryset"] = ContentType.objects.filter(pk__in=[row.pk for row in types.values()]).order_by("model")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
