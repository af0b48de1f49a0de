"""Entries of the audit log for rows without a workflow, where a change can mislead every reader at once: redirects,
menu, settings, hotlines, services and notices."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.http import HttpRequest

from postportal.audit.actions import Action
from postportal.audit.log import log_action


class LoggedChangesMixin(ModelAdmin):
    """Admin that logs who created and changed a row, and which fields. Deletions are logged in every admin."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        log_action(Action.CREATE, request=request, item=obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        if detail := describe_changes(message):
            log_action(Action.CHANGE, request=request, item=obj, detail=detail)
        return super().log_change(request, obj, message)


def describe_changes(message: str | list[dict[str, dict[str, Any]]]) -> str:
    """Return the names of the changed fields and child rows of a change message as Django builds it, in English.

    The message of a bulk action is text already."""
    if isinstance(message, str):
        return message
    signs = {"added": "+", "deleted": "−", "changed": ""}
    parts = []
    for change in message:
        for kind, what in change.items():
            row = " ".join(filter(None, [signs[kind], what.get("name", ""), what.get("object", "")]))
            fields = ", ".join(what.get("fields", []))
            parts.append(f"{row}: {fields}" if row and fields else row or fields)
    return "; ".join(parts)
