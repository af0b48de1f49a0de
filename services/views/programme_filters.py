"""Filters of the stamp programme by type and theme."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.http import QueryDict

from postportal.web.slugs import validate_slug
from services.models import StampIssue
from services.models.stamp_issue_rows import StampIssueQuerySet

MAX_THEMES = 30


class FilterLink(NamedTuple):
    """One value of a filter. Its URL adds the filter, or removes it if it is active."""

    label: str
    issue_count: int
    url: str
    is_active: bool
    value: str


class ProgrammeFilters(forms.Form):
    type = forms.ChoiceField(choices=StampIssue.Kind.choices, required=False)
    theme = forms.CharField(max_length=100, required=False, validators=[validate_slug])

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        # Invalid values are ignored.
        self.is_valid()
        self.active_values = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}

    def apply(self, issues: StampIssueQuerySet, *, except_filter: str = "") -> StampIssueQuerySet:
        """Return the issues that match the active filters, leaving out the one named `except_filter`."""
        columns = {"type": "kind", "theme": "tags__slug"}
        conditions = {columns[name]: value for name, value in self.active_values.items() if name != except_filter}
        return issues.filter(**conditions)

    def type_links(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        rows = self.apply(issues, except_filter="type").exclude(kind="").values_list("kind").annotate(Count("pk"))
        counts = dict(rows.order_by())
        return [
            self._link("type", kind.value, label=str(kind.label), issue_count=counts[kind.value])
            for kind in StampIssue.Kind
            if kind.value in counts
        ]

    def theme_links(self, issues: StampIssueQuerySet) -> list[FilterLink]:
        """Return the links of the most frequent themes, those with most issues first."""
        tagged = self.apply(issues, except_filter="theme").filter(tags__isnull=False)
        rows = tagged.values_list("tags__slug", "tags__name").annotate(count=Count("pk"))
        rows = rows.order_by("-count", "tags__name")
        return [self._link("theme", slug, label=name, issue_count=count) for slug, name, count in rows[:MAX_THEMES]]

    def active_links(self, themes: list[FilterLink]) -> list[FilterLink]:
        """Return the links that remove the active filters, including those that match no issue."""
        labels = {
            "type": {kind.value: str(kind.label) for kind in StampIssue.Kind},
            "theme": {theme.value: theme.label for theme in themes},
        }
        return [
            self._link(name, value, label=labels[name].get(value, value), issue_count=0)
            for name, value in self.active_values.items()
        ]

    def _link(self, name: str, value: str, *, label: str, issue_count: int) -> FilterLink:
        is_active = self.active_values.get(name) == value
        others: dict[str, Any] = {key: other for key, other in self.active_values.items() if key != name}
        parameters = others if is_active else {**others, name: value}
        return FilterLink(label, issue_count, f"?{urlencode(parameters)}" if parameters else ".", is_active, value)
