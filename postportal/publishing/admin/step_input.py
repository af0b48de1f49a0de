"""Input beside the buttons of the steps: validated before the form is saved, and kept with the edition.

A step that is refused or taken by somebody else takes nothing away: the change note and the publication time stay in
the edition, where whoever publishes the item finds them.
"""

from typing import Any

from django import forms
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postportal.publishing.models import Comment, Edition, Publishable, Versioned
from postportal.publishing.versions.revisions import get_or_start_edition, open_edition
from postportal.publishing.workflow.publish_times import suggest_publish_time
from postportal.staff.date_inputs import DateTimeLocalInput, GrowingTextarea, time_zone_help
from postportal.web.date_fields import RangedDateTimeFormField

_FIELDS = ("due_at", "change_note")


class FormStepForm(forms.Form):
    """Fields that are sent together with the text of the item, for the steps that save it."""

    due_at = RangedDateTimeFormField(
        label=gettext_lazy("Publication time"),
        required=False,
        widget=DateTimeLocalInput,
        help_text=time_zone_help(gettext_lazy("You can include seconds.")),
        years_ahead=1,
    )
    change_note = forms.CharField(
        label=gettext_lazy("Change note for readers"),
        required=False,
        max_length=300,
        widget=GrowingTextarea,
        help_text=gettext_lazy("One sentence that is shown with the update. Leave blank for a minor change."),
    )


class StepInputErrorForm(ModelForm):
    """Mixin for the form of an item: not valid, because what was typed beside the steps is not."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.add_error(None, _("Correct the change note or the publication time above the buttons."))


def step_form(request: HttpRequest, edition: Edition | None, *, form_id: str) -> FormStepForm:
    """Return the form with what was typed, or else with what the edition holds. Its fields are sent with the form of
    the item, which has this id: they stand in the bar, outside of it."""
    data = request.POST if request.method == "POST" and any(name in request.POST for name in _FIELDS) else None
    form = FormStepForm(data, initial=initial_values(edition), auto_id="id_step_%s")
    for field in form.fields.values():
        field.widget.attrs["form"] = form_id
    return form


def initial_values(edition: Edition | None) -> dict[str, Any]:
    """Return the note and the time that the edition holds, or else a suggested time."""
    planned_at = edition.planned_at if edition else None
    return {
        "due_at": timezone.localtime(planned_at or suggest_publish_time(timezone.now())),
        "change_note": edition.change_note if edition else "",
    }


def keep_step_input(item: Versioned, fields: Any, *, by: Any) -> Edition | None:
    """Store the note and the time of the data of a form with the open edition of the item, and return it. Values that
    are missing or not valid change nothing. A live item without unpublished changes has no edition to keep them in."""
    if not isinstance(item, Publishable):
        return None
    form, edition = FormStepForm(fields), open_edition(item)
    form.is_valid()
    values = {name: form.cleaned_data[name] for name in _FIELDS if name in fields and name in form.cleaned_data}
    due_at = values.get("due_at")
    is_chosen = due_at != suggest_publish_time(timezone.now()) or fields.get("_step") == "schedule"
    if edition is None and due_at and is_chosen and not item.is_edited_in_edition:
        edition = get_or_start_edition(item, by=by)
    if edition is None:
        return None
    if "change_note" in values:
        edition.change_note = values["change_note"]
    if "due_at" in values:
        edition.planned_at = due_at if is_chosen else None
    edition.save(update_fields=["change_note", "planned_at"])
    return edition


def unused_text(item: Publishable, text: str, *, by: Any) -> str:
    """Return a sentence that quotes `text` if no step has stored it, or ""."""
    text = text.strip()
    is_recorded = text in (item.withdrawal_reason, item.change_note)
    if not text or is_recorded or Comment.objects.of(item).filter(by=by, text=text).exists():
        return ""
    return _("Your text was not used: “%(text)s”") % {"text": text}
