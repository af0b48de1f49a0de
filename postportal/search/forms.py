"""The parameters of the search page. No parameter is an error: invalid values are ignored."""

from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language

from postportal.search.facets import facets
from postportal.search.kinds import kinds
from postportal.search.query import Query, normalize_text, parse, parse_year
from postportal.search.results import ALL_LANGUAGES, Order

# More than a reader chooses in one facet.
MAX_VALUES = 20


class SearchTextField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return normalize_text(super().to_python(value) or "")


class KnownChoicesField(forms.MultipleChoiceField):
    """Multiple choice that drops unknown values."""

    def to_python(self, value: Any) -> list[str]:
        return [choice for choice in super().to_python(value) if self.valid_value(choice)]


class ValuesField(forms.MultipleChoiceField):
    """Multiple choice of any values, normalized: only the search knows which of them exist."""

    def to_python(self, value: Any) -> list[str]:
        values = (normalize_text(each)[:200] for each in super().to_python(value)[:MAX_VALUES])
        return list(dict.fromkeys(filter(None, values)))

    def valid_value(self, value: Any) -> bool:
        return True


class LanguageField(forms.MultipleChoiceField):
    """Languages of the site, or ALL_LANGUAGES. An empty value is a choice too: no language in particular. Without any
    value, the language of the page is the default."""

    def to_python(self, value: Any) -> list[str]:
        codes = [code for code, _name in settings.LANGUAGES]
        typed = [normalize_text(each).casefold() for each in value or ()]
        chosen = [code for code in codes if code in typed]
        if ALL_LANGUAGES in typed or chosen == codes or (typed and not any(typed)):
            return [ALL_LANGUAGES]
        return chosen

    def valid_value(self, value: Any) -> bool:
        return True


def kind_choices() -> list[tuple[str, Any]]:
    return [(name, kind.label) for name, kind in kinds().items()]


class SearchForm(forms.Form):
    q = SearchTextField(required=False)
    type = KnownChoicesField(required=False, choices=kind_choices)
    year = ValuesField(required=False)
    language = LanguageField(required=False)
    order = forms.CharField(required=False)
    # Search for the words as they are typed, even if they look misspelt.
    exact = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in facets():
            self.fields[name] = ValuesField(required=False)

    def clean_order(self) -> str:
        order = self.cleaned_data["order"]
        return order if order in Order.values else Order.RELEVANCE

    def clean_year(self) -> list[str]:
        return [value for value in self.cleaned_data["year"] if parse_year(value)]

    def clean_language(self) -> list[str]:
        """Leave out the language of the page, which is the default."""
        languages = self.cleaned_data["language"]
        return [] if languages == [get_language()] else languages

    @cached_property
    def query(self) -> Query:
        return parse(self.cleaned_data.get("q", ""))

    @property
    def is_exact(self) -> bool:
        return bool(self.cleaned_data.get("exact"))

    @property
    def types(self) -> list[str]:
        return list(self.cleaned_data.get("type", []))

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The chosen values of each facet, of type, year and language too."""
        names = ("type", *facets(), "year", "language")
        return {name: values for name in names if (values := list(self.cleaned_data.get(name, [])))}

    @property
    def chosen_order(self) -> str:
        return self.cleaned_data.get("order") or Order.RELEVANCE

    def parameters(self, *, without: tuple[str, str] | None = None) -> dict[str, Any]:
        """Return the URL parameters of this search without empty ones and without the (facet, value) pair `without`."""
        filters = {
            name: [value for value in values if (name, value) != without] for name, values in self.chosen.items()
        }
        order = "" if self.chosen_order == Order.RELEVANCE else self.chosen_order
        filled = {"q": self.query.text, **filters, "order": order, "exact": "1" if self.is_exact else ""}
        return {name: value for name, value in filled.items() if value}
