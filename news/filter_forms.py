"""Filters of the lists of people and organizations, whose invalid values in the URL are ignored, and the day of their
pages, whose invalid values are explained."""

import datetime as dt
from typing import Any, Self

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.models import Organization
from postportal.search.query import normalize_text
from postportal.web.date_fields import RangedDateFormField
from postportal.web.date_ranges import HISTORICAL_DAYS


class NormalizedNameField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return normalize_text(super().to_python(value) or "")[:100]


class DirectoryFilterForm(forms.Form):
    q = NormalizedNameField(label=_("Name"), required=False)

    @property
    def active_filters(self) -> dict[str, Any]:
        """Return the valid values that are not empty, by field name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PersonFilterForm(DirectoryFilterForm):
    letter = forms.RegexField(r"^[^\W\d_]\Z", required=False)


class OrganizationFilterForm(DirectoryFilterForm):
    kind = forms.ChoiceField(choices=[("", ""), *Organization.Kind.choices], required=False)


class DayForm(forms.Form):
    """The day for which a page shows names and offices."""

    on = RangedDateFormField(
        label=_("Names and office holders on"),
        days=HISTORICAL_DAYS,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date as year, month and day, for example 2021-12-08.")},
    )

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Return the validated form of the request. Without a day in the URL, it is blank."""
        form = cls(request.GET)
        form.is_valid()
        return form

    @property
    def day(self) -> dt.date | None:
        """Return the day that was asked for, None if there is none or it is not valid."""
        return self.cleaned_data.get("on")
