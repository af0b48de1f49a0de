from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.planned_ends import AppointmentForm, save_planned_ends
from news.models import Appointment, Position
from news.models.seats import others_in_position, refuse_overlaps
from postportal.publishing.admin import VISIBILITY_FIELDSET, PubliclyTimedProposalAdmin
from postportal.publishing.workflow.status import StatusFilter
from postportal.staff.model_admin import ChildRowInline


class AppointmentFormSet(BaseInlineFormSet):
    """Appointments in one form. They are checked against each other as they will be, so that one save can end one and
    begin the next."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.is_checked_with_others = True
        return form

    def clean(self) -> None:
        super().clean()
        gone = self.deleted_forms
        forms = [form for form in self.forms if form not in gone and not form.errors and _has_row(form)]
        here = {form.instance.pk for form in self.initial_forms}
        for form in forms:
            row = form.instance
            stored = others_in_position(row) if row.position_id else []
            typed = [each.instance for each in forms if each is not form and each.instance.position == row.position]
            try:
                refuse_overlaps(row, others=[*(each for each in stored if each.pk not in here), *typed])
            except ValidationError as refusal:
                form.add_error(None, refusal)

    def save_existing_objects(self, commit: bool = True) -> Any:
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        # Until each is saved, the database compares it with none of the others, so that they can change in any order.
        Appointment.objects.filter(pk__in=changed).update(is_sole=False)
        return super().save_existing_objects(commit=commit)


def _has_row(form: Any) -> bool:
    return form.has_changed() or form.instance.pk is not None


class AppointmentInline(ChildRowInline):
    model = Appointment
    form = AppointmentForm
    formset = AppointmentFormSet
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("person", "position__organization")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "position":
            # The names of positions contain that of the organization.
            kwargs["queryset"] = Position.objects.select_related("organization")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Appointment)
class AppointmentAdmin(PubliclyTimedProposalAdmin):
    form = AppointmentForm
    list_display = ["person", "position", "from_on", "until_on", "is_acting", "visibility"]
    list_filter = [StatusFilter, "is_acting"]
    list_select_related = ["person", "position__organization"]
    date_hierarchy = "from_on"
    search_fields = [
        "person__folded_name",
        "person__folded_name_zh",
        "position__folded_label",
        "position__folded_label_zh",
        "position__organization__folded_name",
    ]
    search_help_text = _("Searches people, positions and organizations.")
    ordering = ["-from_on", "-pk"]
    fieldsets = [
        (None, {"fields": ["person", "position", "is_acting"]}),
        (
            _("Period in the position"),
            {"fields": ["from_on", "from_precision", "attested_on", "until_on", "until_precision"]},
        ),
        (_("Title override"), {"fields": ["label", "label_zh"], "classes": ["collapse"]}),
        VISIBILITY_FIELDSET,
    ]

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        save_planned_ends(request, [form])
