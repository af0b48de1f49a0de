"""Public search. The backend finds and ranks; the visibility of each row is read from the database at search time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, TextChoices, Value
from django.utils.translation import gettext_lazy as _

from postportal.search import curation, facets, index
from postportal.search.backends.interface import Alternative, BackendQuery, BackendResults
from postportal.search.documents import DocumentKey
from postportal.search.hidden import hidden_rows
from postportal.search.kinds import RESULT_COLUMNS, Hit, SearchKind, empty_value, kinds
from postportal.search.query import Query, parse_day, parse_year
from postportal.search.snippets import SnippetBuilder
from postportal.search.stopwords import STOPWORDS
from postportal.search.traits import find_traits
from postportal.web.metrics import time_search

Rows = QuerySet[Any, Any]
# In a longer query, such as a pasted paragraph, quoted phrases are not required to match.
MAX_WORDS_FOR_PHRASE_MATCH = 8


# The value of the language filter that lets every language through.
ALL_LANGUAGES = "all"


class Order(TextChoices):
    RELEVANCE = "relevance", _("Most relevant")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")


def search(
    query: Query,
    *,
    at: dt.datetime,
    language: str = "",
    types: Collection[str] = (),
    order: str = Order.RELEVANCE,
    chosen: Mapping[str, Collection[str]] | None = None,
) -> "Results":
    """Return the results that are public at the time `at`. Without `language` or `types`, search all of them. `chosen`
    maps facets to slugs or names of values."""
    filters: dict[str, list[str]] = defaultdict(list)
    for name, values in (chosen or {}).items():
        filters[name].extend(values)
    for name, value in query.filters:
        filters[name].append(value)
    filters["type"].extend(name for name in kinds() if name in types)
    if ALL_LANGUAGES in filters["language"]:
        del filters["language"]
    elif language and not filters["language"]:
        filters["language"].append(language)
    return Results(query, at=at, filters=filters, order=order)


class Results:
    """The hits of a search, counted and loaded on demand, for use with Django's Paginator. The number of queries does
    not depend on the number of hits."""

    def __init__(self, query: Query, *, at: dt.datetime, filters: Mapping[str, list[str]], order: str) -> None:
        self.query, self.at, self.order = query, at, order
        self.filters = {name: list(dict.fromkeys(values)) for name, values in filters.items() if values}

    def count(self) -> int:
        return self.backend_results.count if self.query.has_criteria else 0

    @property
    def counts(self) -> dict[str, int]:
        """The number of matches of each kind, whichever types are chosen."""
        by_type = self.backend_results.counts["type"] if self.query.has_criteria else {}
        return {name: by_type.get(name, 0) for name in kinds()}

    @cached_property
    def backend_results(self) -> BackendResults:
        query, hidden = self._backend_query(), self._hidden
        if query.phrases and len(self.query.words) > MAX_WORDS_FOR_PHRASE_MATCH:
            query = replace(query, phrases=())
        with time_search():
            found = index.backend.search(query, hidden=hidden)
            if query.phrases and not found.count:
                found = index.backend.search(replace(query, phrases=()), hidden=hidden)
        return found

    @cached_property
    def choices(self) -> dict[str, dict[int, facets.Choice]]:
        """The facet values that the filters name, by facet and primary key."""
        return facets.choices_by_name(self.filters, at=self.at)

    def __getitem__(self, rows: slice) -> list[Hit]:
        if not self.count():
            return []
        return self._load(self.backend_results.keys(rows.start or 0, rows.stop))

    def with_query(self, query: Query) -> "Results":
        """Return the results of another query at the same time with the same filters and order."""
        other = Results(query, at=self.at, filters=self.filters, order=self.order)
        other.__dict__["_hidden"] = self._hidden
        return other

    def _backend_query(self) -> BackendQuery:
        known = kinds()
        return BackendQuery(
            terms=self.query.terms,
            alternatives=self._alternatives,
            traits=find_traits(self.query.word_terms),
            pinned=self._pinned,
            phrases=self.query.phrases,
            excluded_phrases=self.query.excluded_phrases,
            title_terms=self.query.title_terms,
            filters={name: self._values(name) for name in self.filters if name not in ("before", "after")},
            facets=tuple(facets.facets()),
            since=max(filter(None, map(parse_day, self.filters.get("after", ()))), default=None),
            until=min(map(_last_day_before, self.filters.get("before", ())), default=None),
            kinds=frozenset(known),
            name_kinds=frozenset(name for name, kind in known.items() if kind.is_known_by_name),
            uncounted_kinds=frozenset(name for name, kind in known.items() if not kind.has_word_statistics),
            order=self.order,
            at=self.at,
        )

    def _values(self, name: str) -> frozenset[int | str]:
        """Return the values of a filter as the index has them. Unknown names have none, and so no results."""
        texts = self.filters[name]
        if name == "year":
            return frozenset(number for text in texts if (number := parse_year(text)))
        if name in ("type", "language"):
            return frozenset(text.casefold() for text in texts)
        return frozenset(self.choices.get(name, ()))

    @cached_property
    def _alternatives(self) -> tuple[Alternative, ...]:
        return curation.synonym_alternatives(self.query)

    @cached_property
    def _pinned(self) -> tuple[DocumentKey, ...]:
        return curation.pinned_keys(self.query)

    @cached_property
    def _highlighted_terms(self) -> frozenset[str]:
        """The terms of the query and its synonyms."""
        synonyms = {term for alternative in self._alternatives for term in alternative.phrase}
        return frozenset({*self.query.terms, *(synonyms - STOPWORDS)})

    @cached_property
    def _snippets(self) -> SnippetBuilder:
        return SnippetBuilder(self._highlighted_terms)

    @cached_property
    def _hidden(self) -> dict[str, list[int]]:
        return hidden_rows(self.at)

    def _load(self, keys: Sequence[DocumentKey]) -> list[Hit]:
        hits = {key: self._hit(key, columns) for key, columns in load_result_columns(keys, at=self.at).items()}
        for kind in kinds().values():
            hits_of_kind = [hit for hit in hits.values() if hit.kind is kind]
            if hits_of_kind:
                kind.enrich(hits_of_kind, terms=self._highlighted_terms, at=self.at)
        # A row may have been deleted since its key was read.
        return [hits[key] for key in keys if key in hits]

    def _hit(self, key: DocumentKey, columns: dict[str, Any]) -> Hit:
        kind = kinds()[key.kind]
        return Hit(
            kind=kind,
            pk=key.pk,
            title=columns["title"],
            url=kind.url(columns),
            snippet=self._snippets.build([columns["lead"], columns["body"]]),
            notes=[columns["note"]] if columns["note"] else [],
            language=columns["language"] or "",
            external_id=columns["external_id"],
            date=columns["date"],
            published=columns["published"],
            image_id=columns["image"],
            is_pinned=key in self._pinned,
        )


def _last_day_before(text: str) -> dt.date:
    """Return the last day that `before:…` includes: `before:2021` ends with 2020. The parser only accepts dates."""
    first = parse_day(text) or dt.date.max
    return first - dt.timedelta(days=1) if first > dt.date.min else first


def load_result_columns(
    keys: Iterable[DocumentKey], *, at: dt.datetime, columns: Collection[str] = RESULT_COLUMNS
) -> dict[DocumentKey, dict[str, Any]]:
    """Return the result columns of the rows that are public, with one query."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    queries = [_public_columns(kinds()[name], pks=pks[name], at=at, columns=columns) for name in pks]
    return {
        DocumentKey(row["hit_kind"], row["hit_pk"]): {name: row[f"hit_{name}"] for name in columns}
        for row in (_union(queries) if queries else ())
    }


def _public_columns(kind: SearchKind, *, pks: list[int], at: dt.datetime, columns: Collection[str]) -> Rows:
    own = kind.columns()
    details: Rows = (
        kind.rows(at)
        .order_by()
        .filter(pk__in=pks)
        .annotate(
            hit_kind=Value(kind.name, CharField()),
            hit_pk=F("pk"),
            **{f"hit_{name}": own[name] if name in own else empty_value(name) for name in columns},
        )
        .values("hit_kind", "hit_pk", *(f"hit_{name}" for name in columns))
    )
    return details


def _union(queries: list[Rows]) -> Rows:
    union: Rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return union
