"""What the search page takes from its address. Nothing in an address is an error: what makes no sense is left out."""

from typing import Any

from django import forms

from postportal.search.kinds import kinds
from postportal.search.query import Query, parse, tidy
from postportal.search.results import Order


class TypedField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class KnownChoicesField(forms.MultipleChoiceField):
    """Keeps the choices it knows and forgets the others."""

    def to_python(self, value: Any) -> list[str]:
        return [choice for choice in super().to_python(value) if self.valid_value(choice)]


def kind_choices() -> list[tuple[str, Any]]:
    return [(name, kind.label) for name, kind in kinds().items()]


class SearchForm(forms.Form):
    q = TypedField(required=False)
    type = KnownChoicesField(required=False, choices=kind_choices)
    order = forms.CharField(required=False)

    def clean_order(self) -> str:
        order = self.cleaned_data["order"]
        return order if order in Order.values else Order.RELEVANCE

    @property
    def query(self) -> Query:
        return parse(self.cleaned_data.get("q", ""))

    @property
    def types(self) -> list[str]:
        return list(self.cleaned_data.get("type", []))

    @property
    def chosen_order(self) -> str:
        return self.cleaned_data.get("order") or Order.RELEVANCE

    def parameters(self, *, without_type: str = "") -> dict[str, Any]:
        """Return the address of this search as parameters, none that says nothing, perhaps without one filter."""
        types = [name for name in self.types if name != without_type]
        order = "" if self.chosen_order == Order.RELEVANCE else self.chosen_order
        filled = {"q": self.query.text, "type": types, "order": order}
        return {name: value for name, value in filled.items() if value}
