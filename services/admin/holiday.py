from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from postportal.publishing.admin import VersionedAdmin
from postportal.staff.change_log import LoggedChangesMixin
from postportal.staff.model_admin import ChildRowInline
from services.models import Holiday, HolidayCalendar


class HolidayInline(ChildRowInline):
    model = Holiday


@admin.register(HolidayCalendar)
class HolidayCalendarAdmin(LoggedChangesMixin, VersionedAdmin):
    list_display = ["name", "name_zh", "hotline_count"]
    search_fields = ["name", "name_zh"]
    search_help_text = _("Searches names.")
    actions = ["copy_to_next_year"]
    inlines = [HolidayInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(hotline_count=Count("hotlines"))
        return rows

    @admin.display(description=_("hotlines"), ordering="hotline_count")
    def hotline_count(self, calendar: Any) -> int:
        return int(calendar.hotline_count)

    @admin.action(description=_("Copy holidays to the next year"), permissions=["change"])
    def copy_to_next_year(self, request: HttpRequest, calendars: QuerySet[HolidayCalendar]) -> None:
        for calendar in calendars.prefetch_related("holidays"):
            count = calendar.copy_to_next_year()
            self.log_change(request, calendar, f"Copied {count} holidays to the next year.")
            text = ngettext(
                "%(count)s holiday copied in “%(calendar)s”. Check the dates of movable holidays.",
                "%(count)s holidays copied in “%(calendar)s”. Check the dates of movable holidays.",
                count,
            )
            self.message_user(request, text % {"count": count, "calendar": calendar}, messages.SUCCESS)
