"""List actions that publish or unpublish several items."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from postportal.publishing.models import Publishable, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps

# Recent reasons that are offered as buttons.
MAX_SUGGESTIONS, MAX_ROWS_READ = 4, 50


class UnpublishForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Shown to readers on the page of the withdrawn or unpublished item."),
    )


@admin.action(description=gettext_lazy("Publish"), permissions=["publish"])
def publish_selected(model_admin: Any, request: HttpRequest, rows: Any) -> None:
    done = perform_all(model_admin, request, rows, "publish", _kept_note)
    if done:
        text = ngettext("%(count)s item was published.", "%(count)s items were published.", done) % {"count": done}
        model_admin.message_user(request, text, messages.SUCCESS)


@admin.action(description=gettext_lazy("Unpublish"), permissions=["control"])
def unpublish_selected(model_admin: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    """Ask for the reason, then unpublish the rows."""
    form = UnpublishForm(request.POST if "reason" in request.POST else None)
    values = {"reason": form.cleaned_data["reason"]} if form.is_valid() else {}
    done = perform_all(model_admin, request, rows, "unpublish", lambda _row: values) if values else 0
    if not done:
        # Also where every row was refused: the reason that was typed is still there.
        context = _confirmation_context(model_admin, request, rows, form) | {
            "recent_reasons": _recent_reasons(model_admin.model)
        }
        return TemplateResponse(request, "admin/publishing/unpublish_confirmation.html", context)
    text = ngettext("%(count)s item was unpublished.", "%(count)s items were unpublished.", done) % {"count": done}
    model_admin.message_user(request, text, messages.SUCCESS)
    return None


def _recent_reasons(model: Any) -> list[str]:
    rows = model._default_manager.filter(state__in=[State.WITHDRAWN, State.UNPUBLISHED])
    reasons = rows.order_by("-withdrawn_at", "-pk").values_list("withdrawal_reason", flat=True)
    return list(dict.fromkeys(reasons[:MAX_ROWS_READ]))[:MAX_SUGGESTIONS]


def _confirmation_context(model_admin: Any, request: HttpRequest, rows: Any, form: UnpublishForm) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Unpublish"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "rows": rows,
        "form": form,
        "action_checkbox_name": ACTION_CHECKBOX_NAME,
    }


def _kept_note(row: Publishable) -> dict[str, Any]:
    """Return the change note that the open edition of the row holds, as input for a step."""
    edition = revisions.open_edition(row)
    note = edition.change_note if edition else ""
    return {"note": note, "is_minor": not note}


def perform_all(
    model_admin: Any, request: HttpRequest, rows: Any, name: str, values: Callable[[Any], dict[str, Any]]
) -> int:
    """Take the step with each row, by the same rules as in the form and with the `values` of the row; show every reason
    for a refusal. Return the number of rows that were changed."""
    done = 0
    for row in rows:
        try:
            revisions.record_outside_change(row)
            steps.perform(name, row, by=request.user, **values(row))
        except ValidationError as error:
            text = _("“%(item)s” was not changed: %(reasons)s") % {"item": row, "reasons": " ".join(error.messages)}
            model_admin.message_user(request, text, messages.ERROR)
        else:
            done += 1
    return done
