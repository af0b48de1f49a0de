from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Redirect
from postportal.staff.deletion import admin_link
from postportal.staff.model_admin import PortalAdmin


@admin.register(Redirect)
class RedirectAdmin(PortalAdmin):
    list_display = ["old_path", "old_host", "leads_to"]
    list_filter = ["content_type"]
    search_fields = ["old_path", "old_host", "new_address"]
    search_help_text = _("Finds old and new addresses.")
    ordering = ["old_path", "pk"]
    fieldsets = [
        (None, {"fields": ["old_path", "old_host"]}),
        (_("Where it leads: one of these"), {"fields": ["new_address", "gone_reason", "content_type", "object_id"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("target")

    @admin.display(description=_("leads to"))
    def leads_to(self, redirect: Redirect) -> Any:
        if redirect.content_type_id:
            return (
                admin_link(redirect.target, site=self.admin_site)
                if redirect.target
                else _("nothing: the item is deleted")
            )
        return redirect.new_address or _("gone: %(reason)s") % {"reason": redirect.gone_reason}

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        # The kind of item is the only relation here; an item can be what has a page.
        with_page = [model for model in apps.get_models() if hasattr(model, "get_absolute_url")]
        types = ContentType.objects.get_for_models(*with_page)
        kwargs["queryset"] = ContentType.objects.filter(pk__in=[row.pk for row in types.values()]).order_by("model")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
