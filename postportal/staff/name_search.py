"""Search of lists and autocompletes of the staff side: by folded names, and lists also by every word of the rows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from postportal.staff import text_search
from postportal.staff.key_lists import KeyList
from postportal.text.name_search import MAX_WORDS, NamedQuerySet, filter_words


class NameSearchAdmin(admin.ModelAdmin):
    """Mixin: finds names however they are typed, if the rows have a rule for it or a search field is folded. Only the
    first MAX_WORDS words count."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        named, is_repeated = self._with_names(request, queryset, search_term)
        # Who chooses a person or an article in a form types its name.
        is_list = not request.path.endswith("/autocomplete/")
        pks = text_search.find_rows(search_term, models=[self.model]).get(self.model) if is_list else None
        if not pks:
            return named, is_repeated
        return queryset.filter(Q(pk__in=named.order_by().values("pk")) | Q(pk__in=KeyList(pks))), False

    def _with_names(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if isinstance(queryset, NamedQuerySet):
            return queryset.matching(search_term), False
        fields = self.get_search_fields(request)
        if not any(field.rpartition("__")[2].startswith("folded_") for field in fields):
            # A condition for each word of a long text is more than SQLite takes.
            return super().get_search_results(request, queryset, " ".join(search_term.split()[:MAX_WORDS]))
        is_repeated = any(lookup_spawns_duplicates(self.opts, field) for field in fields)
        return filter_words(queryset, search_term, fields=fields), is_repeated
