"""The search itself. What is found is ranked by the engine; whether readers may see it is asked of the rows, at the
moment of the search."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, TextChoices, Value
from django.utils.translation import gettext_lazy as _

from postportal.search import curation, facets, index
from postportal.search.analysis import to_terms
from postportal.search.backends.interface import Alternative, BackendQuery, BackendResults
from postportal.search.documents import DocumentKey
from postportal.search.hidden import hidden_rows
from postportal.search.kinds import RESULT_COLUMNS, Hit, SearchKind, empty_value, kinds
from postportal.search.query import Query, parse_day, parse_year
from postportal.search.snippets import SnippetBuilder
from postportal.search.stopwords import STOPWORDS

Rows = QuerySet[Any, Any]
# Whoever pastes a paragraph with a quotation in it asks for what is like it, not for this quotation.
MAX_WORDS_FOR_PHRASE_MATCH = 8


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
    """Return what matches at the moment `at`: of all languages and types where none is named. `chosen` has slugs or
    names for each facet."""
    filters: dict[str, list[str]] = defaultdict(list)
    for name, values in (chosen or {}).items():
        filters[name].extend(values)
    for name, value in query.filters:
        filters[name].append(value)
    filters["type"].extend(name for name in kinds() if name in types)
    if language and not filters["language"]:
        filters["language"].append(language)
    return Results(query, at=at, filters=filters, order=order)


class Results:
    """Hits, counted and loaded when they are asked for; made for Django's Paginator. The number of queries is the same
    for one hit and for fifty."""

    def __init__(self, query: Query, *, at: dt.datetime, filters: Mapping[str, list[str]], order: str) -> None:
        self.query, self.at, self.order = query, at, order
        self.filters = {name: list(dict.fromkeys(values)) for name, values in filters.items() if values}

    def count(self) -> int:
        return self.backend_results.count if self.query.has_criteria else 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind match, whichever types are chosen."""
        by_type = self.backend_results.counts["type"] if self.query.has_criteria else {}
        return {name: by_type.get(name, 0) for name in kinds()}

    @cached_property
    def backend_results(self) -> BackendResults:
        question, hidden = self._question(), self._hidden
        if question.phrases and len(self.query.words) > MAX_WORDS_FOR_PHRASE_MATCH:
            question = replace(question, phrases=())
        found = index.backend.search(question, hidden=hidden)
        if question.phrases and not found.count:
            found = index.backend.search(replace(question, phrases=()), hidden=hidden)
        return found

    @cached_property
    def choices(self) -> dict[str, dict[int, facets.Choice]]:
        """What the filters name, by facet and number."""
        return facets.choices_by_name(self.filters, at=self.at)

    def __getitem__(self, part: slice) -> list[Hit]:
        if not self.count():
            return []
        return self._load(self.backend_results.keys(part.start or 0, part.stop))

    def has_public_match(self, word: str) -> bool:
        """True where something readers may see has the word."""
        question = BackendQuery(terms=tuple(to_terms(word)), kinds=frozenset(kinds()))
        return index.backend.search(question, hidden=self._hidden).count > 0

    def _question(self) -> BackendQuery:
        known = kinds()
        return BackendQuery(
            terms=self.query.terms,
            alternatives=self._alternatives,
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
            order=self.order,
            at=self.at,
        )

    def _values(self, name: str) -> frozenset[int | str]:
        """The numbers of what a filter names. What nobody knows has none, and so no results."""
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
        """The terms that made a row a hit."""
        others = {term for alternative in self._alternatives for term in alternative.phrase}
        return frozenset({*self.query.terms, *(others - STOPWORDS)})

    @cached_property
    def _snippets(self) -> SnippetBuilder:
        return SnippetBuilder(self._highlighted_terms)

    @cached_property
    def _hidden(self) -> dict[str, list[int]]:
        return hidden_rows(self.at)

    def _load(self, keys: Sequence[DocumentKey]) -> list[Hit]:
        hits = {key: self._hit(key, columns) for key, columns in load_result_columns(keys, at=self.at).items()}
        for kind in kinds().values():
            mine = [hit for hit in hits.values() if hit.kind is kind]
            if mine:
                kind.enrich(mine, terms=self._highlighted_terms, at=self.at)
        # A row may have gone since its key was read.
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
    """`before:2021` ends with 2020. The parser lets only days through."""
    first = parse_day(text) or dt.date.max
    return first - dt.timedelta(days=1) if first > dt.date.min else first


def load_result_columns(
    keys: Iterable[DocumentKey], *, at: dt.datetime, columns: Collection[str] = RESULT_COLUMNS
) -> dict[DocumentKey, dict[str, Any]]:
    """What stands in the lines of those rows that are public, in one query."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    arms = [_public_columns(kinds()[name], pks=pks[name], at=at, columns=columns) for name in pks]
    return {
        DocumentKey(row["hit_kind"], row["hit_pk"]): {name: row[f"hit_{name}"] for name in columns}
        for row in (_union(arms) if arms else ())
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


def _union(arms: list[Rows]) -> Rows:
    joined: Rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    return joined
