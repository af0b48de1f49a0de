"""Last days in the future, typed into an appointment that readers see: they become planned handovers, so that nothing
of them shows before somebody has chosen when."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.models import Appointment, Handover
from news.models.partial_dates import last_day_of
from postportal.audit.current_request import current_request
from postportal.staff.permissions import has_model_permission
from postportal.web.date_ranges import is_open_end


class AppointmentForm(ModelForm):
    """Form of an appointment. `planned_end` is the handover that the last day becomes, not saved."""

    planned_end: Handover | None = None

    def clean(self) -> Any:
        cleaned = super().clean()
        data: dict[str, Any] = self.cleaned_data if cleaned is None else cleaned
        last_day = self._last_day_ahead(data)
        if last_day is None:
            return data
        stored = Appointment.objects.select_related("position__organization", "person").get(pk=self.instance.pk)
        if stored.is_visible(timezone.now()):
            self.planned_end = _plan(stored, last_day)
            data |= {"until_on": stored.until_on, "until_precision": stored.until_precision}
        return data

    def _last_day_ahead(self, data: dict[str, Any]) -> dt.date | None:
        """Return the last day that was typed into a stored appointment, if it is in the future."""
        end, precision = data.get("until_on"), data.get("until_precision")
        is_typed = self.instance.pk and {"until_on", "until_precision"} & set(self.changed_data)
        if not is_typed or not end or not precision or is_open_end(end):
            return None
        last_day = last_day_of(end, precision)
        return last_day if last_day > timezone.localdate() else None


def _plan(row: Appointment, last_day: dt.date) -> Handover:
    """Return the handover in which the person leaves on this day: the one that is planned already, or a new one."""
    request = current_request.get()
    if request and not has_model_permission(request.user, "add", Handover):
        raise ValidationError({"until_on": _("This day is in the future. Ask an editor to plan the handover.")})
    found = Handover.objects.pending().filter(leaving=row).first()
    planned = found or Handover(position=row.position, leaving=row, publish_at=None)
    planned.last_day, planned.failure = last_day, ""
    try:
        planned.full_clean()
    except ValidationError as error:
        raise ValidationError({"until_on": error.messages}) from None
    return planned


def save_planned_ends(request: HttpRequest, forms: Any) -> None:
    """Save what the forms have planned, and say where to choose the time at which readers see it."""
    user: Any = request.user
    for form in forms:
        planned = getattr(form, "planned_end", None)
        if planned is None:
            continue
        planned.planned_by = user
        planned.save()
        text = _("{person} leaves on {day}. Readers do not see it yet: {link}.")
        label = _("choose when it becomes public")
        url = reverse("admin:news_handover_change", args=[planned.pk])
        link = format_html('<a href="{}">{}</a>', url, label)
        day = date_format(planned.last_day, "DATE_FORMAT")
        messages.info(request, format_html(text, person=planned.leaving.person, day=day, link=link))


class PlannedEndsAdmin(admin.ModelAdmin):
    """Base of the forms with appointments among their rows."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        save_planned_ends(request, formset.forms)
