"""The steps of the work as buttons under the form, and as pages of their own where something has to be said first."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.admin.editing import EditingAdmin, clean_save_note
from postportal.publishing.models import Edition, Publishable, State
from postportal.publishing.versions import revisions
from postportal.publishing.workflow import steps, url_changes
from postportal.publishing.workflow.publish_times import format_publish_time, suggest_publish_time, zone_name
from postportal.publishing.workflow.rules import STEPS, Attempt, Step, is_allowed, possible_steps, refusals
from postportal.staff.date_inputs import DateTimeLocalInput, time_zone_help

# What a redirect may lead to: neither //other.example nor javascript:.
REDIRECT_TARGET = re.compile(r"(?:https?://[^/\\\s]|/(?![/\\]))[^\\\s]*", re.IGNORECASE)
# Said in the form itself, together with the text; the others have pages.
FORM_STEPS = ("submit", "publish", "schedule")
STEP_EFFECTS = {
    "submit": gettext_lazy("Somebody who may publish it is asked to read it."),
    "return": gettext_lazy("It becomes a draft again. The writer reads what you say here."),
    "approve": gettext_lazy("It may be published or scheduled from now on."),
    "publish": gettext_lazy("Readers see it from this moment on."),
    "schedule": gettext_lazy("Readers see it from that moment on, and not a second before."),
    "unschedule": gettext_lazy("It becomes a draft again and does not go out by itself."),
    "force": gettext_lazy(
        "Readers see it from this moment on. It is listed until somebody else has approved it afterwards."
    ),
    "review": gettext_lazy("It leaves the list of what was published without review."),
    "withdraw": gettext_lazy("Its page stays, under a notice with what you say here. No list and no search shows it."),
    "unpublish": gettext_lazy("Its page goes. Readers who come to it are told what you say here."),
    "reinstate": gettext_lazy("Readers see it as before, without the notice."),
    "discard": gettext_lazy("What waits beside the text that readers see is dropped. It stays in the history."),
}


def validate_redirect_target(address: str) -> None:
    """An address of this portal, or a whole one of the web."""
    if not REDIRECT_TARGET.fullmatch(address):
        raise ValidationError(_("Write an address of this portal, such as /news/, or a whole one: https://…"))


class FormStepForm(forms.Form):
    """What is said together with the text: when it goes out, and what readers are told."""

    due_at = forms.DateTimeField(
        label=gettext_lazy("Goes out at"),
        required=False,
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("To the second.")),
    )
    change_note = forms.CharField(
        label=gettext_lazy("What changed, for readers"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("One sentence, shown with the update. Leave it out for a minor change."),
    )


class StepForm(forms.Form):
    """What has to be said with a step."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    new_address = forms.CharField(
        label=gettext_lazy("Lead readers to"),
        required=False,
        max_length=500,
        validators=[validate_redirect_target],
        help_text=gettext_lazy("Optional: what replaces it, such as /news/. Empty: readers are told that it is gone."),
    )
    due_at = forms.DateTimeField(
        label=gettext_lazy("Goes out at"),
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("To the second.")),
    )

    change_note = FormStepForm.base_fields["change_note"]

    def __init__(self, *args: Any, step: Step, item: Publishable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.name not in steps.PUBLISHING_STEPS or not item.is_edited_in_edition:
            del self.fields["change_note"]
        if not step.is_reason_needed:
            del self.fields["reason"]
        if step.name != "unpublish":
            del self.fields["new_address"]
        if step.name != "schedule":
            del self.fields["due_at"]


class StepsAdmin(EditingAdmin):
    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        own: list[URLPattern] = [
            path("<path:object_id>/step/<slug:step>/", self.admin_site.admin_view(self.step_view), name=name)
        ]
        return own + super().get_urls()

    def step_url(self, item: Publishable, step: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_step", args=[item.pk, step])

    def change_url(self, item: Publishable) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[item.pk])

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        item = kwargs.get("obj")
        context |= self.steps_context(request, item)
        return super().render_change_form(request, context, *args, **kwargs)

    def steps_context(self, request: HttpRequest, item: Publishable | None) -> dict[str, Any]:
        edition = revisions.open_edition(item) if item else None
        found = possible_steps(item, by=request.user) if item else _first_steps(self.model(), by=request.user)
        editable = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        due_at = suggest_publish_time(timezone.now())
        is_waiting = item is not None and not (
            item.is_edited_in_edition and (edition is None or edition.content is None)
        )
        return {
            "taken_over": _displaced_urls(item) if item and is_waiting else [],
            "item": item,
            "hidden_until_in_words": _visible_from(item),
            "edition": edition,
            "unreviewed": _unreviewed_edition(item),
            "version": revisions.current_version(item) if item else 0,
            "note_form": FormStepForm(initial={"due_at": timezone.localtime(due_at)}, auto_id="id_step_%s"),
            "zone_name": zone_name(),
            "scheduled_in_words": format_publish_time(edition.due_at) if edition and edition.due_at else "",
            "form_steps": {step.name: step for step in found if editable and step.name in FORM_STEPS},
            "page_steps": [
                (step, self.step_url(item, step.name))
                for step in found
                if item and not (editable and step.name in FORM_STEPS)
            ],
        }

    def after_saving(self, request: HttpRequest, item: Publishable, response: HttpResponse) -> HttpResponse:
        response = super().after_saving(request, item, response)
        name = request.POST.get("_step", "")
        if name not in FORM_STEPS:
            if item.is_edited_in_edition:
                self.message_user(request, _("Readers still see it as it was, until you publish."), messages.INFO)
            return response
        said = FormStepForm(request.POST)
        if not said.is_valid():
            for reasons in said.errors.values():
                self.message_user(request, " ".join(map(str, reasons)), messages.ERROR)
            return HttpResponseRedirect(self.change_url(item))
        note = said.cleaned_data["change_note"]
        # What the writer says to colleagues is what those who review it read first.
        reason = clean_save_note(request.POST) if name == "submit" else ""
        due_at = said.cleaned_data["due_at"]
        self.perform_step(request, name, item, due_at=due_at, note=note, is_minor=not note, reason=reason)
        return HttpResponseRedirect(self.change_url(item))

    def perform_step(self, request: HttpRequest, name: str, item: Publishable, **said: Any) -> bool:
        """Take the step; say what happened, or every reason why it did not. Returns whether it did."""
        try:
            done = steps.perform(name, item, by=request.user, **said)
        except ValidationError as error:
            step = STEPS[name]
            text = _("“%(step)s” was not done: %(reasons)s") % {
                "step": step.label,
                "reasons": " ".join(error.messages),
            }
            self.message_user(request, text, messages.ERROR)
            return False
        self.message_user(request, describe_result(name, done), messages.SUCCESS)
        return True

    def step_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        item = self._get_item(request, object_id)
        if item is None or step not in STEPS:
            raise Http404
        if not self.has_view_permission(request, item) or not is_allowed(request.user, item, STEPS[step].permission):
            raise PermissionDenied
        if STEPS[step].permission == "change" and not self.has_change_permission(request, item):
            raise PermissionDenied
        edition = revisions.open_edition(item)
        initial = {
            "due_at": suggest_publish_time(timezone.now()),
            "change_note": edition.change_note if edition else "",
        }
        form = StepForm(request.POST or None, step=STEPS[step], item=item, initial=initial)
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            if "change_note" in said:
                said["note"] = said.pop("change_note")
                said["is_minor"] = not said["note"]
            self.perform_step(request, step, item, **said)
            return HttpResponseRedirect(self.change_url(item))
        attempt = Attempt(
            item=item,
            edition=edition,
            by=request.user,
            at=timezone.now(),
            due_at=dt.datetime.max.replace(tzinfo=dt.UTC),
            reason="?",
        )
        context = {
            **self.admin_site.each_context(request),
            "title": STEPS[step].label,
            "opts": self.opts,
            "item": item,
            "step": STEPS[step],
            "effect": STEP_EFFECTS[step],
            "refusals": refusals(STEPS[step], attempt),
            "form": form,
            "back": self.change_url(item),
        }
        return TemplateResponse(request, "admin/publishing/step.html", context)


def _unreviewed_edition(item: Publishable | None) -> Edition | None:
    """What was forced out last, while nobody else has approved it."""
    if item is None or not item.is_edited_in_edition:
        return None
    return Edition.objects.of(item).unreviewed().newest_first().select_related("published_by").defer("content").first()


def _displaced_urls(item: Publishable) -> list[tuple[str, str]]:
    """The addresses that lead to something else until this is published."""
    try:
        return url_changes.taken_over_urls(item, item.public_urls())
    except NoReverseMatch:
        return []  # A draft without a title has no address yet.


def _first_steps(item: Publishable, *, by: Any) -> list[Step]:
    """What can follow the first save of a new item."""
    return [STEPS[name] for name in FORM_STEPS if is_allowed(by, item, STEPS[name].permission)]


def _visible_from(item: Publishable | None) -> str:
    """The moment in words, for what came with a publication in the future: imports bring such rows."""
    if item is None or item.state != State.PUBLISHED or item.publish_at is None:
        return ""
    return format_publish_time(item.publish_at) if item.publish_at > timezone.now() else ""


def describe_result(name: str, item: Publishable) -> str:
    """Say what is true now, in full."""
    edition = revisions.open_edition(item)
    moment = format_publish_time(edition.due_at) if edition and edition.due_at else ""
    said = {
        "submit": _("“%(item)s” waits for review."),
        "return": _("“%(item)s” is a draft again."),
        "approve": _("“%(item)s” is approved."),
        "publish": _("“%(item)s” is published."),
        "schedule": _("“%(item)s” goes out on %(moment)s."),
        "unschedule": _("“%(item)s” does not go out by itself any more."),
        "force": _("“%(item)s” is published, without review so far."),
        "withdraw": _("“%(item)s” is withdrawn. Its page says why."),
        "unpublish": _("“%(item)s” is unpublished. Its address says why."),
        "review": _("“%(item)s” is approved afterwards."),
        "reinstate": _("“%(item)s” is shown again."),
        "discard": _("The draft beside “%(item)s” is discarded."),
    }
    return said[name] % {"item": item, "moment": moment}
