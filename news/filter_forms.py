"""What readers may ask of the register in the address. What does not fit is ignored, never an error."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.models import Organization
from postportal.search.query import tidy


class NameField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")[:100]


class RegisterForm(forms.Form):
    q = NameField(label=_("Name"), required=False)

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid values that are filled in."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PeopleForm(RegisterForm):
    letter = forms.RegexField(r"^[^\W\d_]\Z", required=False)


class OrganizationsForm(RegisterForm):
    kind = forms.ChoiceField(choices=[("", ""), *Organization.Kind.choices], required=False)
