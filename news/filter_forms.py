"""Filters of the lists of people and organizations. Invalid values in the URL are ignored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Organization
from postportal.search.query import normalize_text


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
