"""Numbers of a hotline, typed as people write them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline
from postportal.text.fields import LineFormField
from services.models import HotlineNumber
from services.models.hotline_number import validate_country
from services.models.phone_numbers import country_of, read_number

# What `number` is stored in.
READ_FIELDS = ("e164", "short_code", "region", "extension", "as_printed")


class HotlineNumberForm(forms.ModelForm):
    number = LineFormField(
        label=_("Number"),
        max_length=40,
        help_text=_("As you would write it: 11185, 400 890 9999, +86 10 6885 9999 ext. 12."),
        widget=forms.TextInput(attrs={"data-read-back": "number", "inputmode": "tel"}),
    )
    region = forms.CharField(label=_("Country"), min_length=2, max_length=2, required=False)
    scope = forms.ChoiceField(
        label=_("Callers"),
        required=False,
        choices=[("", _("everybody who can dial it")), *HotlineNumber.Scope.choices],
    )

    class Meta:
        model = HotlineNumber
        fields = ["number", "region", "scope", "valid_from", "valid_until", "cost", "cost_zh", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = gettext("Two letters, for a number without a country code. Leave blank for %(country)s.")
        self.fields["region"].help_text = text % {"country": settings.HOME_COUNTRY}
        row = self.instance
        if row.pk:
            self.initial["number"] = str(row)
            self.initial["region"] = row.region or country_of(row.e164)
        else:
            self.initial["scope"] = ""

    def clean_region(self) -> str:
        region = str(self.cleaned_data["region"] or settings.HOME_COUNTRY).upper()
        validate_country(region)
        return region

    def clean(self) -> dict[str, Any]:
        """Store the number in the form in which it is dialled. A number that was not changed is not judged again."""
        cleaned = super().clean() or {}
        row = self.instance
        if "number" in cleaned and "region" in cleaned:
            if not row.pk or {"number", "region"} & set(self.changed_data):
                self._read_number(cleaned)
            # Where the formset looks for the same number twice.
            cleaned |= {name: getattr(row, name) for name in READ_FIELDS}
            if not cleaned.get("scope"):
                cleaned["scope"] = HotlineNumber.Scope.ANYWHERE if row.e164 else HotlineNumber.Scope.DOMESTIC
        return cleaned

    def _read_number(self, cleaned: dict[str, Any]) -> None:
        try:
            read = read_number(cleaned["number"], region=cleaned["region"])
        except ValidationError as error:
            self.add_error("number", error)
            return
        for name in READ_FIELDS:
            setattr(self.instance, name, getattr(read, name))

    def _get_validation_exclusions(self) -> set[str]:
        """Validate the fields that `number` was read into as well."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions if "number" in self.errors else exclusions - set(READ_FIELDS)


class HotlineNumberInline(ChildRowInline):
    model = HotlineNumber
    form = HotlineNumberForm
    fieldsets = [
        (None, {"fields": ["number", "scope"]}),
        (_("Dated change"), {"fields": ["valid_from", "valid_until"], "classes": ["change-card"]}),
        (_("Country, cost and order"), {"fields": ["region", "cost", "cost_zh", "order"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("number"))
    def number(self, row: HotlineNumber) -> str:
        """Show the number to those who may only view."""
        return str(row)
