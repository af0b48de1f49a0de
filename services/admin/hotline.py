from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from postportal.publishing.admin import TIMED_FIELDSET, TimedAdmin
from postportal.publishing.status import StatusFilter
from postportal.staff.model_admin import PartInline
from services.models import Hotline, HotlineNumber, OpeningHours


class HotlineNumberInline(PartInline):
    model = HotlineNumber


class OpeningHoursInline(PartInline):
    model = OpeningHours


@admin.register(Hotline)
class HotlineAdmin(TimedAdmin):
    list_display = ["purpose", "number", "service", "status", "verified_on", "is_on_every_page", "visibility"]
    list_filter = [StatusFilter, "status", "service", "is_on_every_page"]
    list_select_related = ["service"]
    date_hierarchy = "verified_on"
    search_fields = ["purpose", "purpose_zh", "numbers__e164", "numbers__short_code", "numbers__as_printed"]
    search_help_text = _("Finds purposes and numbers.")
    ordering = ["order", "pk"]
    prepopulated_fields = {"slug": ["purpose"]}
    actions = ["mark_as_verified"]
    inlines = [HotlineNumberInline, OpeningHoursInline]
    fieldsets = [
        (None, {"fields": ["service", "purpose", "purpose_zh", "slug", "status", "verified_on"]}),
        (_("For callers"), {"fields": ["note", "note_zh", "languages", "languages_zh", "time_zone"]}),
        (_("Place"), {"fields": ["is_on_every_page", "order"]}),
        TIMED_FIELDSET,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("numbers")

    @admin.display(description=_("number"))
    def number(self, hotline: Hotline) -> str:
        return str(hotline.main_number or "–")

    @admin.action(description=_("Mark as verified today"), permissions=["change"])
    def mark_as_verified(self, request: HttpRequest, hotlines: QuerySet[Hotline]) -> None:
        for hotline in hotlines:
            hotline.verified_on = timezone.localdate()
            hotline.save(update_fields=["verified_on"])
            self.log_change(request, hotline, "Verified.")
        text = ngettext("%(count)s hotline is verified.", "%(count)s hotlines are verified.", len(hotlines))
        self.message_user(request, text % {"count": len(hotlines)}, messages.SUCCESS)
