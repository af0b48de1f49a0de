"""List actions that take a step of the workflow with several items, after a page that says what will happen to each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.publishing.admin.actions import perform_all
from postportal.publishing.models import Publishable
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.definitions import STEPS, Step
from postportal.publishing.workflow.rules import Attempt


class BulkStepForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)

    def __init__(self, data: Any, *, step: Step) -> None:
        # Only the confirmation page sends it.
        super().__init__(data if data is not None and "confirmed" in data else None)
        if not step.needs_reason:
            del self.fields["reason"]
        elif step.permission == "control":
            self.fields["reason"].help_text = _("Shown to readers on the page of the withdrawn or unpublished item.")


def step_action(name: str, *, label: Any) -> Callable[..., HttpResponse | None]:
    """Return the list action that takes the step called `name` with the selected rows."""
    step = STEPS[name]

    @admin.action(description=label, permissions=[step.permission])
    def action(model_admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
        form = BulkStepForm(request.POST, step=step)
        done = 0
        if form.is_valid():
            values = {"reason": form.cleaned_data.get("reason", "")}
            allowed = [row for row in rows if _may_take(step, model_admin, request, row)]
            done = perform_all(model_admin, request, allowed, name, lambda _row: values)
        if not done:
            # Also where every row was refused: the reason that was typed is still there.
            return TemplateResponse(
                request, "admin/publishing/step_confirmation.html", _context(step, model_admin, request, rows, form)
            )
        text = ngettext("“%(step)s” done for %(count)s item.", "“%(step)s” done for %(count)s items.", done)
        model_admin.message_user(request, text % {"count": done, "step": step.label}, messages.SUCCESS)
        return None

    action.__name__ = f"{name}_selected"
    return action


def _may_take(step: Step, model_admin: Any, request: HttpRequest, row: Publishable) -> bool:
    return step.permission != "change" or bool(model_admin.has_change_permission(request, row))


def _reasons(step: Step, model_admin: Any, request: HttpRequest, row: Publishable) -> list[str]:
    """Return why the step would be refused for this row."""
    if not _may_take(step, model_admin, request, row):
        return [_("You cannot change this item now.")]
    attempt = Attempt(item=row, edition=revisions.open_edition(row), by=request.user, at=timezone.now())
    return steps.refusals(step, attempt, check_input=False)


def _context(step: Step, model_admin: Any, request: HttpRequest, rows: Any, form: BulkStepForm) -> dict[str, Any]:
    checked = [(row, _reasons(step, model_admin, request, row)) for row in rows]
    return {
        **model_admin.admin_site.each_context(request),
        "title": capfirst(str(step.label)),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "step": step,
        "rows": [row for row, reasons in checked if not reasons],
        "refused": [(row, reasons) for row, reasons in checked if reasons],
        "form": form,
        "action": f"{step.name}_selected",
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }


submit_selected = step_action("submit", label=gettext_lazy("Submit for review…"))
approve_selected = step_action("approve", label=gettext_lazy("Approve…"))
withdraw_selected = step_action("withdraw", label=gettext_lazy("Withdraw…"))
