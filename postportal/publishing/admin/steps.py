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

from postportal.publishing.admin import action_bar, refused_steps, stale_pages, step_input, version_tokens
from postportal.publishing.admin.editing import clean_save_note
from postportal.publishing.admin.panels import ItemPanel
from postportal.publishing.admin.step_input import FormStepForm
from postportal.publishing.models import Edition, Publishable, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps, url_changes
from postportal.publishing.workflow.definitions import STEPS, Step
from postportal.publishing.workflow.publish_times import format_publish_time, personal_zone_name
from postportal.publishing.workflow.rules import Attempt
from postportal.publishing.workflow.status import status_of
from postportal.staff.date_inputs import DateTimeLocalInput, time_zone_help
from postportal.staff.form_state import form_state
from postportal.staff.permissions import change_url, has_model_permission
from postportal.staff.unlikely_dates import warn_of_unlikely_dates
from postportal.web.date_fields import RangedDateTimeFormField

# A path or a full URL, but neither //other.example nor javascript:.
REDIRECT_TARGET = re.compile(r"(?:https?://[^/\\\s]|/(?![/\\]))[^\\\s]*", re.IGNORECASE)


def validate_redirect_target(url: str) -> None:
    """Raise ValidationError unless the URL is a path of this portal or a full URL of the web."""
    if not REDIRECT_TARGET.fullmatch(url):
        raise ValidationError(_("Enter a path of this site, such as /news/, or a full URL that starts with https://."))


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
        years_ahead=1,
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
        has_unpublished_text = item is not None and not (
            item.is_edited_in_edition and (edition is None or edition.content is None)
        )
        return {
            "displaced_urls": _displaced_urls(item) if item and has_unpublished_text else [],
            "item": item,
            "visible_from": _visible_from(item),
            "edition": edition,
            "live_status": status_of(item, timezone.now()) if item and item.state != State.DRAFT else None,
            "unreviewed_edition": _unreviewed_edition(item),
            "form_step_form": step_input.step_form(request, edition, form_id=f"{self.opts.model_name}_form"),
            "zone_name": personal_zone_name(),
            "scheduled_for": format_publish_time(edition.due_at) if edition and edition.due_at else "",
            **self._offers(request, item, edition),
        }

    def _offers(self, request: HttpRequest, item: Publishable | None, edition: Edition | None) -> dict[str, Any]:
        """Return the steps that the form offers: none that the server would then forbid."""
        is_editable = self.can_write(request, item)
        if item is None:
            offered, withheld = steps.first_steps(self.model(), by=request.user), list[str]()
        else:
            offered, withheld = steps.offered_steps(item, by=request.user)
        if item and is_editable and edition is None and item.is_edited_in_edition:
            offered = [*steps.first_steps(item, by=request.user), *offered]
        form_steps = {step.name: step for step in offered if is_editable and step.saves_form}
        page_steps = [
            (step, self.url("step", item.pk, step.name))
            for step in offered
            if item and step.name not in form_steps and self._may_take(request, item, step)
        ]
        bar = action_bar.arrange(
            item or self.model(), edition, form_steps=form_steps, page_steps=page_steps, withheld=withheld
        )
        return {"form_steps": form_steps, "page_steps": page_steps, "bar": bar, "form_is_editable": is_editable}

    def after_saving(self, request: HttpRequest, item: Publishable, response: HttpResponse) -> HttpResponse:
        """Take the step of the button that saved the form. What was typed beside it is kept, whatever happens."""
        step, note = STEPS.get(request.POST.get("_step", "")), request.POST.get("change_note", "")
        edition = step_input.keep_step_input(item, request.POST, by=request.user)
        if edition is None and item.is_edited_in_edition:
            self._give_back(request, item, note)
        if step is None or not step.saves_form:
            if item.is_edited_in_edition:
                is_filed = form_state(request).is_filed
                still = _("Readers still see the live version until you publish.")
                text = _("Readers now see the new tags.") if is_filed else still
                self.model_admin.message_user(request, text, messages.INFO)
            return response
        is_unchanged = item.is_edited_in_edition and revisions.open_edition(item) is None
        if is_unchanged and not stale_pages.is_already_done(step, item):
            text = _("Nothing was changed, so “%(step)s” was not needed.") % {"step": step.label}
            self.model_admin.message_user(request, text, messages.INFO)
            return HttpResponseRedirect(change_url(item))
        form = FormStepForm(request.POST)
        form.is_valid()
        note, due_at = form.cleaned_data.get("change_note", ""), form.cleaned_data.get("due_at")
        # The comment of the step includes the note for colleagues.
        reason = clean_save_note(request.POST) if step.comment_kind else ""
        reasons = self._perform(
            request, step, item, form=form, due_at=due_at, note=note, is_minor=not note, reason=reason
        )
        if reasons:
            text = _("“%(step)s” could not be done: %(reasons)s")
            values = {"step": step.label, "reasons": " ".join(reasons)}
            refused_steps.withdraw_success(request)
            self.model_admin.message_user(request, text % values, messages.ERROR)
            return HttpResponseRedirect(refused_steps.refused_url(item, step.name))
        return HttpResponseRedirect(change_url(item))

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """Show the page of a step, or take the step."""
        item = self.get_item_or_404(request, object_id)
        if step not in STEPS:
            raise Http404
        if not self._may_take(request, item, STEPS[step]):
            raise PermissionDenied
        try:
            return self._step_response(request, item, STEPS[step])
        except self.model.DoesNotExist:
            raise Http404 from None  # Deleted after we looked and before we locked it.

    def _may_take(self, request: HttpRequest, item: Publishable, step: Step) -> bool:
        """Return True if the user may take the step with the item at some stage: decides buttons and requests alike."""
        may_view = self.model_admin.has_view_permission(request, item)
        is_writing = step.permission == "change"
        may_write = not is_writing or self.model_admin.has_change_permission(request, item)
        return bool(may_view and may_write and has_model_permission(request.user, step.permission, item))

    def _step_response(self, request: HttpRequest, item: Publishable, step: Step) -> HttpResponse:
        # What is sent counts as typed, even if the edition holds the same already.
        initial = None if request.POST else step_input.initial_values(revisions.open_edition(item))
        form = StepForm(request.POST or None, step=step, item=item, initial=initial)
        reasons: list[str] = []
        if request.method == "POST" and self._is_page_current(request, item, step) and form.is_valid():
            values = dict(form.cleaned_data)
            if "change_note" in values:
                values["note"] = values.pop("change_note")
                values["is_minor"] = not values["note"]
            values["seen_version"] = version_tokens.parse_shown_number(request.POST.get("_version", ""))
            reasons = self._perform(request, step, item, form=form, **values)
            if not reasons:
                return HttpResponseRedirect(change_url(item))
        if request.method == "POST":
            # As it is now: it may have changed since this page was opened.
            item = type(item)._default_manager.get(pk=item.pk)
        edition = revisions.open_edition(item)
        attempt = Attempt(item=item, edition=edition, by=request.user, at=timezone.now())
        context = {
            **self.model_admin.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "item": item,
            "step": step,
            "effect": step.effect,
            "refusals": reasons or steps.refusals(step, attempt, check_input=False),
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

    def _perform(
        self, request: HttpRequest, step: Step, item: Publishable, *, form: forms.Form, **values: Any
    ) -> list[str]:
        """Take the step with the values of the form, and tell the user what happened. Return every reason why it was
        refused."""
        if stale_pages.is_already_done(step, item):
            self.model_admin.message_user(request, str(step.already_done % {"item": item}), messages.INFO)
            for text in (values.get("reason", ""), values.get("note", "")):
                self._give_back(request, item, text)
            return []
        try:
            done = steps.perform(step.name, item, by=request.user, **values)
        except ValidationError as error:
            return error.messages
        self.model_admin.message_user(request, _result_text(step, done), messages.SUCCESS)
        if step.needs_publish_time:
            warn_of_unlikely_dates(self.model_admin, request, [form])
        return []

    def _give_back(self, request: HttpRequest, item: Publishable, text: str) -> None:
        """Show the text again where nothing was done with it."""
        fresh = type(item)._default_manager.get(pk=item.pk)
        if message := step_input.unused_text(fresh, text, by=request.user):
            self.model_admin.message_user(request, message, messages.WARNING)


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


def _visible_from(item: Publishable | None) -> str:
    """Return the publication time of a published item if it is in the future, else "": imports bring such rows."""
    if item is None or item.state != State.PUBLISHED or item.publish_at is None:
        return ""
    return format_publish_time(item.publish_at) if item.publish_at > timezone.now() else ""


def _result_text(step: Step, item: Publishable) -> str:
    edition = revisions.open_edition(item)
    time = format_publish_time(edition.due_at) if edition and edition.due_at else ""
    return str(step.result % {"item": item, "time": time})
