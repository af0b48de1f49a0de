"""Refused steps on the form of an item: the fields that are the reason are marked and linked from the summary.

The step has saved the form, so the form is shown as stored, with `?_refused=submit` in its URL.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from postportal.publishing.models import Publishable
from postportal.publishing.models.missing import Missing
from postportal.publishing.versions.revisions import open_edition
from postportal.publishing.workflow import steps
from postportal.publishing.workflow.definitions import STEPS
from postportal.publishing.workflow.rules import Attempt
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url

PARAMETER = "_refused"


def refused_url(item: Publishable, step: str) -> str:
    return f"{change_url(item)}?{PARAMETER}={step}"


def withdraw_success(request: HttpRequest) -> None:
    """Drop “was changed successfully”: it says nothing true beside a step that was refused."""
    held = form_state(request).held_messages
    if held is not None:
        held[:] = [message for message in held if message[1] != messages.SUCCESS]


def mark_fields(request: HttpRequest, context: dict[str, Any], item: Publishable | None) -> None:
    """Put the reasons of a refused step at their fields, and link every field with an error from the summary."""
    form = context["adminform"].form
    step = STEPS.get(request.GET.get(PARAMETER, ""))
    # Users who may only view have no fields.
    if step is not None and item is not None and form.fields and not form.is_bound:
        stored = type(item)._default_manager.get(pk=item.pk)
        attempt = Attempt(item=stored, edition=open_edition(stored), by=request.user, at=timezone.now())
        errors = form.errors
        for reason in steps.refusals(step, attempt, check_input=False):
            if isinstance(reason, Missing) and reason.field in form.fields:
                errors.setdefault(reason.field, form.error_class()).append(str(reason))
        context["errors"] = context["errors"] or [text for texts in errors.values() for text in texts]
    context["error_links"] = [(form[name].label, name) for name in form.fields if name in form.errors]
