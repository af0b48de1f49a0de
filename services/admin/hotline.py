from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedProposalAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.change_log import LoggedChangesMixin
from services.admin.channel import ChannelInline
from services.admin.hotline_form import CHANGE_FIELDS, HotlineForm
from services.admin.hotline_number import HotlineNumberInline
from services.admin.hotline_panel import HotlinePanel
from services.admin.hotline_usage import format_items, texts_with_numbers, texts_with_references
from services.admin.in_service import InServiceFilter
from services.admin.opening_hours import OpeningHoursInline
from services.admin.read_back import ReadBackPanel
from services.models import Hotline
from services.references import hotline_choices


@admin.register(Hotline)
class HotlineAdmin(LoggedChangesMixin, PubliclyTimedProposalAdmin):
    form = HotlineForm
    panels = [ReadBackPanel, HotlinePanel, *PubliclyTimedProposalAdmin.panels]
    change_form_template = "admin/services/hotline/change_form.html"
    list_display = ["purpose", "number", "service", "state", "verified_on", "is_on_every_page", "visibility"]
    list_filter = [StatusFilter, InServiceFilter, "service", "is_on_every_page"]
    list_select_related = ["service"]
    date_hierarchy = "verified_on"
    search_fields = [
        "folded_purpose",
        "folded_purpose_zh",
        "numbers__e164",
        "numbers__short_code",
        "numbers__as_printed",
    ]
    search_help_text = _("Searches purposes and numbers.")
    # As `in_order`, which the public pages use.
    ordering = ["service__order", "order", "pk"]
    actions = ["mark_as_verified"]
    inlines = [HotlineNumberInline, OpeningHoursInline, ChannelInline]
    fieldsets = [
        (None, {"fields": ["purpose", "purpose_zh"], "classes": ["name-pair"]}),
        (_("New number from a day on"), {"fields": list(CHANGE_FIELDS), "classes": ["change-card", "tight"]}),
        (
            _("Holidays and time zone"),
            {
                "fields": ["holiday_calendar", "holiday_hours", "time_zone", "copy_hours_from"],
                "classes": ["tight", "with-hours"],
            },
        ),
        (None, {"fields": ["service", "verified_on"], "classes": ["tight"]}),
        (
            _("Information for callers"),
            {"fields": ["needs", "needs_zh", "note", "note_zh", "languages"], "classes": ["tight"]},
        ),
        (_("Display"), {"fields": ["is_on_every_page", "order", "slug"], "classes": ["tight"]}),
        VISIBILITY_FIELDSET,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("numbers")

    def get_urls(self) -> list[URLPattern]:
        choices = self.admin_site.admin_view(require_GET(self.choices_view))
        return [path("choices/", choices, name="services_hotline_choices"), *super().get_urls()]

    def choices_view(self, request: HttpRequest) -> JsonResponse:
        """Return the hotlines that texts can refer to. All of them are public."""
        return JsonResponse({"choices": [choice._asdict() for choice in hotline_choices(timezone.now())]})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the dated change out where no number is stored that could change."""
        may_change = obj is not None and self.has_change_permission(request, obj)
        has_numbers = may_change and any(number.valid_until is None for number in obj.numbers.all())
        return [
            (name, options)
            for name, options in super().get_fieldsets(request, obj)
            if has_numbers or options["fields"] != list(CHANGE_FIELDS)
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        source = form.cleaned_data.get("copy_hours_from")
        if source is not None and source != form.instance:
            form.instance.copy_hours(source)
            self.message_user(request, _("Opening hours copied from “%(hotline)s”.") % {"hotline": source})
        if new_number := form.make_dated_change():
            text = _("%(number)s replaces the old number from %(day)s on.")
            day = date_format(new_number.valid_from)
            self.message_user(request, text % {"number": new_number, "day": day})

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Protect hotlines whose number appears in a text: they are retired, not deleted."""
        usage = [
            line
            for hotline in objs
            for found in (texts_with_references(hotline), texts_with_numbers(hotline))
            for line in format_items(found, request=request, site=self.admin_site)
        ]
        return ([], {}, set(), usage) if usage else super().get_deleted_objects(objs, request)

    @admin.display(description=_("number"))
    def number(self, hotline: Hotline) -> str:
        hotline.show_numbers_of(timezone.localdate())
        return str(hotline.main_number or "–")

    @admin.display(description=_("state"))
    def state(self, hotline: Hotline) -> str:
        return str(hotline.show_numbers_of(timezone.localdate()).state.label)

    @admin.action(description=_("Mark as verified today"), permissions=["change"])
    def mark_as_verified(self, request: HttpRequest, hotlines: QuerySet[Hotline]) -> None:
        for hotline in hotlines:
            hotline.verified_on = timezone.localdate()
            hotline.save(update_fields=["verified_on"])
            self.log_change(request, hotline, "Verified.")
        count = len(hotlines)
        text = ngettext("%(count)s hotline marked as verified.", "%(count)s hotlines marked as verified.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
