"""Search of lists and autocompletes of the staff side: by folded names, and lists also by every word of the rows."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from postportal.outbox.models import OutboxEvent
from postportal.staff import text_search
from postportal.staff.key_lists import KeyList
from postportal.text.name_search import MAX_WORDS, NamedQuerySet, filter_words

# Changes that the index does not know yet. More are waiting only during an import, which may take minutes.
MAX_WAITING = 1000


class NameSearchAdmin(admin.ModelAdmin):
    """Mixin: finds names however they are typed, if the rows have a rule for it or a search field is folded. Only the
    first MAX_WORDS words count."""

    # Whether the index finds titles as well, of which there are too many to read all of them for each search.
    has_indexed_titles = False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # Who chooses a person or an article in a form types its name.
        is_list = not request.path.endswith("/autocomplete/")
        if is_list and self.has_indexed_titles and search_term.strip():
            return queryset.filter(pk__in=KeyList(self._indexed_keys(request, search_term))), False
        named, is_repeated = self._with_names(request, queryset, search_term)
        pks = text_search.find_rows(search_term, models=[self.model]).get(self.model) if is_list else None
        if not pks:
            return named, is_repeated
        return queryset.filter(Q(pk__in=named.order_by().values("pk")) | Q(pk__in=KeyList(pks))), False

    def _indexed_keys(self, request: HttpRequest, search_term: str) -> list[int]:
        """Return the keys of the rows that the index finds, of those that it does not know yet and that have the words
        in their names, and of those with exactly this text, or the last part of this URL, in another search field."""
        keys = text_search.find_rows(search_term, models=[self.model], with_parts=True).get(self.model, [])
        rows = self.model._default_manager.order_by()
        events = OutboxEvent.objects.filter(model_label=self.opts.label_lower).order_by("-pk")
        waiting = rows.filter(pk__in=KeyList(list(events.values_list("object_id", flat=True)[:MAX_WAITING])))
        named, _is_repeated = self._with_names(request, waiting, search_term)
        exact = rows.none()
        value = search_term.strip().rstrip("/").rpartition("/")[2]
        for field in self.get_search_fields(request):
            if not is_folded(field):
                exact |= rows.filter(**{f"{field}__in": [value, value.lower(), value.upper()]})
        return [*keys, *named.values_list("pk", flat=True), *exact.values_list("pk", flat=True)]

    def _with_names(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if isinstance(queryset, NamedQuerySet):
            return queryset.matching(search_term), False
        fields = self.get_search_fields(request)
        if not any(map(is_folded, fields)):
            # A condition for each word of a long text is more than SQLite takes.
            return super().get_search_results(request, queryset, " ".join(search_term.split()[:MAX_WORDS]))
        is_repeated = any(lookup_spawns_duplicates(self.opts, field) for field in fields)
        return filter_words(queryset, search_term, fields=fields), is_repeated


def is_folded(field: str) -> bool:
    return field.rpartition("__")[2].startswith("folded_")
