"""The page of a long import: how far it is, its report, and the buttons to go on, confirm it and stop it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from postportal.interchange.limits import MAX_SHOWN
from postportal.interchange.long_imports import confirm, counts_of, go_on, outcomes_of, progress_of, stop
from postportal.interchange.models import LongImport
from postportal.interchange.register_pages import register_or_404, register_page, title_of
from postportal.interchange.registers import Register
from postportal.interchange.report import Result
from postportal.interchange.rights import can_import

Phase = LongImport.Phase


@require_http_methods(["GET", "HEAD", "POST"])
def long_import_view(request: HttpRequest, name: str, key: uuid.UUID) -> HttpResponse:
    """Show how far the import is, or take the step that the button asks for."""
    register = register_or_404(request, name)
    if not can_import(request.user, register):
        raise PermissionDenied
    rows = LongImport.objects.visible_to(request.user).filter(register=register.name)
    found = rows.select_related("uploaded_by").filter(pk=key).first()
    if found is None:
        messages.error(request, _("The file is not there any more. Choose it again."))
        return HttpResponseRedirect(reverse("admin:register", args=[register.name]))
    if request.method == "POST":
        _act(request, found)
        return HttpResponseRedirect(reverse("admin:long_import", args=[register.name, found.pk]))
    title = title_of(_("Import of %(items)s"), register)
    return register_page(
        request, register, "admin/interchange/long_import.html", _context(found, register), title=title, status=200
    )


def _act(request: HttpRequest, found: LongImport) -> None:
    if "go_on" in request.POST:
        go_on(found.pk)
    elif "stop" in request.POST:
        stop(found.pk, by=request.user)
    elif "confirm" in request.POST and not confirm(found.pk, by=request.user):
        messages.error(request, _("Another import of these items is running. Wait until it has finished."))


def _context(found: LongImport, register: Register) -> dict[str, Any]:
    done, total = progress_of(found)
    context: dict[str, Any] = {"long_import": found, "phase": found.phase, "done": done, "total": total}
    if found.phase in (Phase.CHECKING, Phase.WRITING):
        return context
    # Of one that was stopped, only what was written counts.
    steps = {} if found.phase == Phase.CHECKED else {"is_written": True}
    counts = counts_of(found, **steps)
    shown = outcomes_of(found, limit=MAX_SHOWN, **steps)
    hidden = sum(counts[result] for result in (Result.REFUSED, Result.NEW, Result.CHANGED)) - len(shown)
    return context | {
        "counts": {result.label: number for result, number in counts.items()},
        "outcomes": shown,
        "hidden_count": hidden,
        "is_workflow": any(outcome.is_draft for outcome in shown),
        "will_write": bool(counts[Result.NEW] or counts[Result.CHANGED]),
    }
