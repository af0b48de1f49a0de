from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from postportal.pages.models import ContactMessage
from postportal.staff.compared_forms import ComparedFormAdmin


class AnsweredFilter(admin.SimpleListFilter):
    title = _("answered")
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Unanswered")), ("answered", _("Answered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in {"waiting", "answered"}:
            return queryset.filter(answered_at__isnull=self.value() == "waiting")
        return queryset


@admin.register(ContactMessage)
class ContactMessageAdmin(ComparedFormAdmin):
    """Messages of readers. Staff cannot edit them, only mark them as answered."""

    has_personal_data = True
    list_display = ["name", "topic", "sent_at", "language", "is_answered"]
    list_filter = [AnsweredFilter, "topic", "language"]
    date_hierarchy = "sent_at"
    search_fields = ["name", "email", "message"]
    ordering = ["-sent_at", "-pk"]
    actions = ["mark_as_answered"]
    fields = ["name", "email", "topic", "language", "message", "sent_at", "mailed_at", "answered_at"]
    readonly_fields = ["name", "email", "topic", "language", "message", "sent_at", "mailed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("answered"), boolean=True, ordering="answered_at")
    def is_answered(self, message: ContactMessage) -> bool:
        return message.answered_at is not None

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_as_answered(self, request: HttpRequest, rows: QuerySet[ContactMessage]) -> None:
        count = 0
        for message in rows.unanswered():  # type: ignore[attr-defined]
            message.answered_at = timezone.now()
            message.save()
            self.log_change(request, message, "Answered.")
            count += 1
        text = ngettext("%(count)s message marked as answered.", "%(count)s messages marked as answered.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
