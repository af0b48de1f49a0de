"""Filters of lists whose value is typed: there are too many tags, sources and writers for a list of links."""

from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst

from postportal.text.name_search import NamedQuerySet

MAX_VALUE_LENGTH, MAX_SUGGESTIONS = 100, 100


class TypedFilter(admin.SimpleListFilter):
    """Base of the filters: `matching` keeps the rows for what was typed, `suggestions` are offered while typing."""

    template = "admin/filters/typed.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        ignored = {self.parameter_name, PAGE_VAR, ERROR_FLAG}
        # The form of this filter sends the others along.
        self.other_parameters = [
            (name, value) for name, values in request.GET.lists() for value in values if name not in ignored
        ]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    @property
    def typed(self) -> str:
        return str(self.value() or "").strip()[:MAX_VALUE_LENGTH]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield a link that removes the filter, if it is set."""
        if self.typed:
            query = changelist.get_query_string(remove=[self.parameter_name])
            yield {"selected": True, "query_string": query, "display": self.typed}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return self.matching(queryset, self.typed) if self.typed else queryset

    @abstractmethod
    def matching(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        """Keep the rows that have what was typed."""

    @cached_property
    def suggestions(self) -> list[str]:
        return []


class NamedRowFilter(TypedFilter):
    """Keeps rows that refer to a row with every typed word in its names."""

    relation: ClassVar[str]
    model: ClassVar[type[Model]]

    def matching(self, rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
        return rows.filter(**{f"{self.relation}__in": self._named_rows().matching(typed).order_by().values("pk")})

    @cached_property
    def suggestions(self) -> list[str]:
        return list(self._named_rows().order_by("name").values_list("name", flat=True)[:MAX_SUGGESTIONS])

    def _named_rows(self) -> NamedQuerySet:
        related: Any = self._column.related_model
        rows: NamedQuerySet = related._default_manager.all()
        return rows

    @property
    def _column(self) -> Any:
        return self.model._meta.get_field(self.relation)


def named_row_filter(model: type[Model], relation: str) -> type[NamedRowFilter]:
    """Return the filter of a list of `model` by the names of the rows that `relation` refers to."""
    column: Any = model._meta.get_field(relation)
    values = {"relation": relation, "model": model, "title": column.verbose_name, "parameter_name": relation}
    return type(f"{capfirst(relation)}Filter", (NamedRowFilter,), values)
