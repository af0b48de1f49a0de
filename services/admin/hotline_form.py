"""The form of a hotline, with hours to copy and a number that changes on a day."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postportal.staff.date_inputs import NativeDateInput
from postportal.text.fields import LineFormField
from services.models import Hotline, HotlineNumber
from services.models.phone_numbers import country_of, read_number

CHANGE_FIELDS = ("change_on", "change_of", "change_to")
# What the new number takes from the old one.
_SAME = ("cost", "cost_zh", "order")


class HotlineForm(forms.ModelForm):
    copy_hours_from = forms.ModelChoiceField(
        Hotline.objects.select_related("service").in_order(),
        label=_("Copy hours from"),
        required=False,
        help_text=_("Replaces all opening hours and the holiday calendar when you save."),
    )
    change_on = HotlineNumber._meta.get_field("valid_from").formfield(
        label=_("From"), widget=NativeDateInput(), help_text=_("First day of the new number.")
    )
    change_of = forms.ModelChoiceField(HotlineNumber.objects.none(), label=_("Old number"), required=False)
    change_to = LineFormField(
        label=_("New number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"data-read-back": "number", "inputmode": "tel"}),
        help_text=_("Readers see it announced until then, and afterwards that it replaced the old number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_number: HotlineNumber | None = None
        if self.instance.pk:
            numbers = self.instance.numbers.filter(valid_until=None)
            self.fields["change_of"].queryset = numbers  # type: ignore[attr-defined]
            self.initial["change_of"] = numbers.first()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, old, typed = (cleaned.get(name) for name in CHANGE_FIELDS)
        if typed and old is None:
            self.add_error("change_of", _("Choose the number that is replaced."))
        elif typed and day is None and "change_on" not in self.errors:
            self.add_error("change_on", _("Enter the first day of the new number."))
        elif day and not typed and "change_to" not in self.errors:
            self.add_error("change_to", _("Enter the new number."))
        elif typed and day and old:
            self._plan(day, old, typed)
        return cleaned

    def _plan(self, day: dt.date, old: HotlineNumber, typed: str) -> None:
        if old.begins_on >= day:
            self.add_error("change_on", _("The old number begins on this day or later."))
            return
        try:
            read = read_number(typed, region=old.region or country_of(old.e164))
            values = {name: getattr(old, name) for name in _SAME}
            scope = HotlineNumber.Scope.DOMESTIC if read.short_code else old.scope
            row = HotlineNumber(hotline=self.instance, scope=scope, valid_from=day, **read._asdict(), **values)
            row.full_clean()
        except ValidationError as error:
            self.add_error("change_to", error.messages)
        else:
            self.new_number = row

    def make_dated_change(self) -> HotlineNumber | None:
        """Store the new number, and the last day of the old one if it was not deleted in the same form."""
        if self.new_number is None:
            return None
        old = HotlineNumber.objects.filter(pk=self.cleaned_data["change_of"].pk).first()
        if old is not None:
            old.valid_until = self.new_number.begins_on - dt.timedelta(days=1)
            old.save(update_fields=["valid_until"])
        self.new_number.save()
        return self.new_number
