"""Rights to export and import registers, and to write single rows by an import."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from postportal.interchange.merging import PartWrites
from postportal.interchange.models import RegisterFile
from postportal.interchange.registers import Register
from postportal.staff.permissions import can_view, has_model_permission


def can_export(user: Any, register: Register) -> bool:
    """Return True if the user may take all rows of the register with them: whoever may view them and has the permission
    for exports."""
    return has_model_permission(user, "export", RegisterFile) and can_view(user, register.model)


def can_import(user: Any, register: Register) -> bool:
    """Return True if the user may import some rows at least."""
    may_write = any(has_model_permission(user, action, register.model) for action in ("add", "change"))
    return has_model_permission(user, "import", RegisterFile) and may_write


def write_rule(user: Any, register: Register) -> Callable[[Any, PartWrites], str]:
    """Return the function that says why the user may not write a row of the register, "" if they may. The rules are
    those of its form."""
    model_admin = admin.site.get_model_admin(register.model)

    def refusal(item: Any, parts: PartWrites) -> str:
        # A new request each time: what forms ask for is kept with it.
        request = HttpRequest()
        request.user = user
        if item is None and not model_admin.has_add_permission(request):
            return _("You may not add items here.")
        if item is not None and not model_admin.has_change_permission(request, item):
            return _("You cannot change this item now.")
        refused = [model._meta for action, model in parts if not has_model_permission(user, action, model)]
        names = ", ".join(sorted({str(options.verbose_name_plural) for options in refused}))
        return _("You may not write %(items)s.") % {"items": names} if names else ""

    return refusal
