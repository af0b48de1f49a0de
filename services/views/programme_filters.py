"""Type and theme: what narrows the programme of a year."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import QueryDict

from services.models import StampIssue
from services.models.stamp_issue import StampIssueQuerySet

MAX_THEMES = 30


class FilterLink(NamedTuple):
    """One value of a filter. Its address puts it on, or takes it off where it is on."""

    label: str
    issue_count: int
    url: str
    is_active: bool
    value: str


class ProgrammeFilters(forms.Form):
    type = forms.ChoiceField(choices=StampIssue.Kind.choices, required=False)
    theme = forms.SlugField(allow_unicode=True, max_length=100, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        # What is not valid is no filter.
        self.is_valid()
        self.active_values = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def apply(self, issues: StampIssueQuerySet, *, except_filter: str = "") -> StampIssueQuerySet:
        columns = {"type": "kind", "theme": "tags__slug"}
        wanted = {columns[name]: value for name, value in self.active_values.items() if name != except_filter}
        return issues.filter(**wanted)

    def type_links(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        rows = self.apply(issues, except_filter="type").exclude(kind="").values_list("kind").annotate(Count("pk"))
        counts = dict(rows.order_by())
        return [
            self._link("type", kind.value, label=str(kind.label), number=counts[kind.value])
            for kind in StampIssue.Kind
            if kind.value in counts
        ]

    def theme_links(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        """The themes of most issues first."""
        tagged = self.apply(issues, except_filter="theme").filter(tags__isnull=False)
        rows = tagged.values_list("tags__slug", "tags__name").annotate(count=Count("pk"))
        rows = rows.order_by("-count", "tags__name")
        return [self._link("theme", slug, label=name, number=count) for slug, name, count in rows[:MAX_THEMES]]

    def active_links(self, themes: list[FilterLink]) -> list[FilterLink]:
        """The filters that are on, also those that nothing fits."""
        labels = {
            "type": {kind.value: str(kind.label) for kind in StampIssue.Kind},
            "theme": {theme.value: theme.label for theme in themes},
        }
        return [
            self._link(name, value, label=labels[name].get(value, value), number=0)
            for name, value in self.active_values.items()
        ]

    def _link(self, name: str, value: str, *, label: str, number: int) -> FilterLink:
        is_on = self.active_values.get(name) == value
        others: dict[str, Any] = {key: kept for key, kept in self.active_values.items() if key != name}
        parameters = others if is_on else {**others, name: value}
        return FilterLink(label, number, f"?{urlencode(parameters)}" if parameters else ".", is_on, value)
