"""Rows of stamps in the form of their issue: what each shows while it is folded, and rows that change places."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from services.admin.field_warnings import show_warnings
from services.models import Stamp
from services.models.issue_warnings import stamp_warnings
from services.models.stamp_differences import stamp_differences

MAX_POSITION = 32767


class StampForm(forms.ModelForm):
    """Row of a stamp. `warnings` and `differences` are about its stored values."""

    warnings: list[str]
    differences: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings = []
        self.differences = []

    @property
    def shown_name(self) -> str:
        """Return the stored name of the stamp; "" for a new row."""
        return self.instance.display_name if self.instance.pk else ""

    @property
    def thumbnail(self) -> str:
        """Return the URL of the picture; "" if there is none."""
        image = self.instance.image
        return image.sources("stamp")[0].url if image else ""

    def validate_constraints(self) -> None:
        """Leave equal positions to the rows together: in the database, another row may be about to move away."""
        try:
            exclude = self._get_validation_exclusions() | {"issue"}  # type: ignore[attr-defined]
            self.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]


class StampFormSet(forms.BaseInlineFormSet):
    """Rows of stamps with warnings about their stored values. They can swap positions."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk:
            form.differences = stamp_differences(form.instance, issue=self.instance)
        if form.instance.pk and not form.is_bound:
            found = stamp_warnings(form.instance, issue=self.instance)
            show_warnings(form, found)
            form.warnings = [warning.text for warning in found]

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        if commit:
            self._clear_positions()
        return super().save_existing_objects(commit)

    def _clear_positions(self) -> None:
        """Move the rows that leave their positions out of the way: they are saved one after another."""
        leaving = [
            form.instance.pk
            for form in self.initial_forms
            if "position" in form.changed_data or form in self.deleted_forms
        ]
        taken = {*self.get_queryset().values_list("position", flat=True)}
        taken |= {form.cleaned_data.get("position") for form in self.forms if hasattr(form, "cleaned_data")}
        free = (number for number in range(MAX_POSITION, 0, -1) if number not in taken)
        parked = [Stamp(pk=pk, position=number) for pk, number in zip(leaving, free, strict=False) if pk]
        Stamp.objects.bulk_update(parked, ["position"])
