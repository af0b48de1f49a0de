"""Type and theme: what narrows the programme of a year."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import QueryDict

from services.models import StampIssue
from services.models.stamp_issue import StampIssueQuerySet

THEMES = 30


class FilterLink(NamedTuple):
    """One value of a filter. Its address puts it on, or takes it off where it is on."""

    label: str
    number: int
    address: str
    is_on: bool
    value: str


class ProgrammeFilters(forms.Form):
    type = forms.ChoiceField(choices=StampIssue.Kind.choices, required=False)
    theme = forms.SlugField(allow_unicode=True, max_length=100, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        # What is not valid is no filter.
        self.is_valid()
        self.chosen = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def narrow(self, issues: StampIssueQuerySet, *, without: str = "") -> StampIssueQuerySet:
        columns = {"type": "kind", "theme": "tags__slug"}
        wanted = {columns[name]: value for name, value in self.chosen.items() if name != without}
        return issues.filter(**wanted)

    def types(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        rows = self.narrow(issues, without="type").exclude(kind="").values_list("kind").annotate(Count("pk"))
        counts = dict(rows.order_by())
        return [
            self._link("type", kind.value, label=str(kind.label), number=counts[kind.value])
            for kind in StampIssue.Kind
            if kind.value in counts
        ]

    def themes(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        """The themes of most issues first."""
        tagged = self.narrow(issues, without="theme").filter(tags__isnull=False)
        rows = tagged.values_list("tags__slug", "tags__name").annotate(count=Count("pk"))
        rows = rows.order_by("-count", "tags__name")
        return [self._link("theme", slug, label=name, number=count) for slug, name, count in rows[:THEMES]]

    def active(self, themes: list[FilterLink]) -> list[FilterLink]:
        """The filters that are on, also those that nothing fits."""
        labels = {
            "type": {kind.value: str(kind.label) for kind in StampIssue.Kind},
            "theme": {theme.value: theme.label for theme in themes},
        }
        return [
            self._link(name, value, label=labels[name].get(value, value), number=0)
            for name, value in self.chosen.items()
        ]

    def _link(self, name: str, value: str, *, label: str, number: int) -> FilterLink:
        is_on = self.chosen.get(name) == value
        others: dict[str, Any] = {key: kept for key, kept in self.chosen.items() if key != name}
        parameters = others if is_on else {**others, name: value}
        return FilterLink(label, number, f"?{urlencode(parameters)}" if parameters else ".", is_on, value)
