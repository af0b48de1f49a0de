"""Numbers of a hotline, typed as people write them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from postportal.staff.model_admin import ChildRowInline
from postportal.text.fields import LineFormField
from services.admin.number_checks import how_it_is_dialled
from services.models import HotlineNumber
from services.models.hotline_number import validate_country
from services.models.number_dates import DatedChange, numbers_on
from services.models.phone_numbers import country_of, read_number

# What `number` is stored in.
READ_FIELDS = ("e164", "short_code", "region", "extension", "as_printed")


class HotlineNumberForm(forms.ModelForm):
    # Without it, the row is blank.
    typed_field = "number"

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

    @property
    def read_back(self) -> list[str]:
        """Return how the number is dialled, as it is typed."""
        typed, region = (str(self[name].value() or "") for name in ("number", "region"))
        return how_it_is_dialled(typed, region=region) if typed.strip() else []

    @property
    def change(self) -> DatedChange | None:
        """Return the change that the row announces; None if it is called today or has ended."""
        if not self.instance.pk or self.instance.begins_on <= timezone.localdate():
            return None
        numbers = numbers_on(timezone.localdate(), self.instance.hotline.numbers.all())
        return next((change for change in numbers.announced if change.number.pk == self.instance.pk), None)

    @property
    def heading(self) -> str:
        """Return since when or until when the number is called, "" if that is today."""
        if self.change:
            return gettext("From %(day)s") % {"day": date_format(self.instance.begins_on)}
        if self.instance.pk and self.instance.ends_on < timezone.localdate():
            return gettext("In service until %(day)s") % {"day": date_format(self.instance.ends_on)}
        return ""

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
    template = "admin/services/hotline/number_rows.html"
    # The fieldset of the hotline that stands below the rows, by its class.
    followed_by = "change-card"
    fieldsets = [
        (None, {"fields": ["number", "scope"]}),
        (
            _("Dates, country, cost and order"),
            {"fields": ["valid_from", "valid_until", "region", "cost", "cost_zh", "order"], "classes": ["collapse"]},
        ),
    ]

    @admin.display(description=_("number"))
    def number(self, row: HotlineNumber) -> str:
        """Show the number to those who may only view."""
        return str(row)
