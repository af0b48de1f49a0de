"""Child rows in the form of somebody who proposes changes to their parent."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from postportal.staff.form_state import form_state
from postportal.staff.permissions import PROPOSE, has_model_permission


class ProposedChildRows(admin.options.InlineModelAdmin):
    """Mixin of the child rows inside a form: while it is only proposed, all of them can be changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) or self._is_proposed(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) or self._is_proposed(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) or self._is_proposed(request)

    def _is_proposed(self, request: HttpRequest) -> bool:
        """Return True if the rows are part of a proposal. Those with a form of their own take a right of their own."""
        if not form_state(request).is_proposing:
            return False
        return not self.admin_site.is_registered(self.model) or has_model_permission(request.user, PROPOSE, self.model)
