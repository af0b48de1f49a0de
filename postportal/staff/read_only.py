"""Lists and pages of rows that nobody edits."""

from typing import Any

from django.http import HttpRequest

from postportal.staff.model_admin import PortalAdmin


class ReadOnlyAdmin(PortalAdmin):
    """Base for rows that the portal writes and nobody edits."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
