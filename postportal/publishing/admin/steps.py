"""Steps of the workflow: buttons under the form, and pages for those that need a reason or a time."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin import stale_pages, version_tokens
from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.models import Edition, Publishable, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps, url_changes
from postportal.publishing.workflow.definitions import STEPS, Step
from postportal.publishing.workflow.publish_times import format_publish_time, suggest_publish_time, zone_name
from postportal.publishing.workflow.rules import Attempt
from postportal.staff.date_inputs import DateTimeLocalInput, time_zone_help
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url, has_model_permission
from postportal.web.date_fields import RangedDateTimeFormField

# A path or a full URL, but neither //other.example nor javascript:.
REDIRECT_TARGET = re.compile(r"(?:https?://[^/\\\s]|/(?![/\\]))[^\\\s]*", re.IGNORECASE)


def validate_redirect_target(url: str) -> None:
    """Raise ValidationError unless the URL is a path of this portal or a full URL of the web."""
    if not REDIRECT_TARGET.fullmatch(url):
        raise ValidationError(_("Enter a path of this site, such as /news/, or a full URL that starts with https://."))


class FormStepForm(forms.Form):
    """Fields that are sent together with the text of the item, for the steps that save it."""

    due_at = RangedDateTimeFormField(
        label=gettext_lazy("Publication time"),
        required=False,
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("You can include seconds.")),
    )
    change_note = forms.CharField(
        label=gettext_lazy("Change note for readers"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("One sentence that is shown with the update. Leave blank for a minor change."),
    )


class StepForm(forms.Form):
    """Fields of the page of a step: each step has some of them."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    new_address = forms.CharField(
        label=gettext_lazy("Redirect readers to"),
        required=False,
        max_length=500,
        validators=[validate_redirect_target],
        help_text=gettext_lazy(
            "Optional. A page that replaces this one, such as /news/. "
            "Leave blank to tell readers that the page has been removed."
        ),
    )
    due_at = RangedDateTimeFormField(
        label=gettext_lazy("Publication time"),
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("You can include seconds.")),
    )

    change_note = FormStepForm.base_fields["change_note"]

    def __init__(self, *args: Any, step: Step, item: Publishable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (step.accepts_change_note and item.is_edited_in_edition):
            del self.fields["change_note"]
        if not step.needs_reason:
            del self.fields["reason"]
        if not step.accepts_redirect:
            del self.fields["new_address"]
        if not step.needs_publish_time:
            del self.fields["due_at"]


class StepsPanel(ItemPanel):
    def urls(self) -> list[URLPattern]:
        return [self.path("<path:object_id>/step/<slug:step>/", self.step_view, "step")]

    def context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        edition = revisions.open_edition(item) if item else None
        possible = steps.possible_steps(item, by=request.user) if item else _first_steps(self.model(), by=request.user)
        is_editable = self.can_write(request, item)
        form_steps = {step.name: step for step in possible if is_editable and step.saves_form}
        has_unpublished_text = item is not None and not (
            item.is_edited_in_edition and (edition is None or edition.content is None)
        )
        return {
            "displaced_urls": _displaced_urls(item) if item and has_unpublished_text else [],
            "item": item,
            "visible_from": _visible_from(item),
            "edition": edition,
            "unreviewed_edition": _unreviewed_edition(item),
            # A form that was not valid still says which version it showed.
            "version": request.POST.get("_version") or form_state(request).shown_version,
            "form_step_form": _form_step_form(),
            "time_zone": zone_name(),
            "scheduled_for": format_publish_time(edition.due_at) if edition and edition.due_at else "",
            "form_steps": form_steps,
            "page_steps": [
                (step, self.url("step", item.pk, step.name))
                for step in possible
                if item and step.name not in form_steps
            ],
        }

    def after_saving(self, request: HttpRequest, item: Publishable, response: HttpResponse) -> HttpResponse:
        """Take the step of the button that saved the form."""
        step = STEPS.get(request.POST.get("_step", ""))
        if step is None or not step.saves_form:
            if item.is_edited_in_edition:
                text = _("Readers still see the live version until you publish.")
                self.model_admin.message_user(request, text, messages.INFO)
            return response
        form = FormStepForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                self.model_admin.message_user(request, " ".join(map(str, errors)), messages.ERROR)
            return HttpResponseRedirect(change_url(item))
        note, due_at = form.cleaned_data["change_note"], form.cleaned_data["due_at"]
        # The comment of the step includes the note for colleagues.
        reason = clean_save_note(request.POST) if step.comment_kind else ""
        self._perform(request, step, item, due_at=due_at, note=note, is_minor=not note, reason=reason)
        return HttpResponseRedirect(change_url(item))

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """Show the page of a step, or take the step."""
        item, model_admin = self.get_item_or_404(request, object_id), self.model_admin
        if step not in STEPS:
            raise Http404
        user, permission = request.user, STEPS[step].permission
        if not model_admin.has_view_permission(request, item) or not has_model_permission(user, permission, item):
            raise PermissionDenied
        if permission == "change" and not model_admin.has_change_permission(request, item):
            raise PermissionDenied
        try:
            return self._step_response(request, item, STEPS[step])
        except self.model.DoesNotExist:
            raise Http404 from None  # Deleted after we looked and before we locked it.

    def _step_response(self, request: HttpRequest, item: Publishable, step: Step) -> HttpResponse:
        edition = revisions.open_edition(item)
        initial = {
            "due_at": suggest_publish_time(timezone.now()),
            "change_note": edition.change_note if edition else "",
        }
        form = StepForm(request.POST or None, step=step, item=item, initial=initial)
        if request.method == "POST" and self._is_page_current(request, item, step) and form.is_valid():
            values = dict(form.cleaned_data)
            if "change_note" in values:
                values["note"] = values.pop("change_note")
                values["is_minor"] = not values["note"]
            values["seen_version"] = version_tokens.parse_shown_number(request.POST.get("_version", ""))
            self._perform(request, step, item, **values)
            return HttpResponseRedirect(change_url(item))
        attempt = Attempt(item=item, edition=edition, by=request.user, at=timezone.now())
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "item": item,
            "step": step,
            "effect": step.effect,
            "refusals": steps.refusals(step, attempt, check_input=False),
            "form": form,
            "version": revisions.current_version(item),
            "change_url": change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/step.html", context)

    def _is_page_current(self, request: HttpRequest, item: Publishable, step: Step) -> bool:
        """Return True if the page showed the newest version, or if the step is taken already; else warn."""
        shown = version_tokens.parse_shown_number(request.POST.get("_version", ""))
        if shown == revisions.current_version(item) or stale_pages.is_already_done(step, item):
            return True
        stale_pages.warn_stale(self.model_admin, request, item)
        return False

    def _perform(self, request: HttpRequest, step: Step, item: Publishable, **values: Any) -> None:
        """Take the step, and tell the user what happened, or every reason why it did not."""
        if stale_pages.is_already_done(step, item):
            self.model_admin.message_user(request, str(step.already_done % {"item": item}), messages.INFO)
            return
        try:
            done = steps.perform(step.name, item, by=request.user, **values)
        except ValidationError as error:
            text = _("“%(step)s” could not be done: %(reasons)s")
            reasons = {"step": step.label, "reasons": " ".join(error.messages)}
            self.model_admin.message_user(request, text % reasons, messages.ERROR)
        else:
            self.model_admin.message_user(request, _result_text(step, done), messages.SUCCESS)


def _form_step_form() -> FormStepForm:
    due_at = timezone.localtime(suggest_publish_time(timezone.now()))
    return FormStepForm(initial={"due_at": due_at}, auto_id="id_step_%s")


def _unreviewed_edition(item: Publishable | None) -> Edition | None:
    """Return the newest edition that was published without review and that nobody has approved since."""
    if item is None or not item.is_edited_in_edition:
        return None
    return Edition.objects.of(item).unreviewed().newest_first().select_related("published_by").defer("content").first()


def _displaced_urls(item: Publishable) -> list[tuple[str, str]]:
    """Return the URLs that redirect to other items until this one is published, each with the name of that item."""
    try:
        return url_changes.taken_over_urls(item, item.public_urls())
    except NoReverseMatch:
        return []  # A draft without a title has no URL yet.


def _first_steps(item: Publishable, *, by: Any) -> list[Step]:
    """Return the steps that can follow the first save of a new item."""
    return [step for step in STEPS.values() if step.saves_form and has_model_permission(by, step.permission, item)]


def _visible_from(item: Publishable | None) -> str:
    """Return the publication time of a published item if it is in the future, else "": imports bring such rows."""
    if item is None or item.state != State.PUBLISHED or item.publish_at is None:
        return ""
    return format_publish_time(item.publish_at) if item.publish_at > timezone.now() else ""


def _result_text(step: Step, item: Publishable) -> str:
    edition = revisions.open_edition(item)
    time = format_publish_time(edition.due_at) if edition and edition.due_at else ""
    return str(step.result % {"item": item, "time": time})
