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
from postportal.search.analysis import terms
from postportal.search.backends.interface import Alternative, Found, Question
from postportal.search.documents import Key
from postportal.search.hidden import hidden_rows
from postportal.search.kinds import COLUMNS, Hit, Kind, kinds, nothing
from postportal.search.query import Query, day, year
from postportal.search.snippets import Extracts
from postportal.search.stopwords import STOPWORDS

Rows = QuerySet[Any, Any]
# Whoever pastes a paragraph with a quotation in it asks for what is like it, not for this quotation.
LONG_QUESTION = 8


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
        return self.found.count if self.query.asks else 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind match, whichever types are chosen."""
        by_type = self.found.counts["type"] if self.query.asks else {}
        return {name: by_type.get(name, 0) for name in kinds()}

    @cached_property
    def found(self) -> Found:
        question, hidden = self._question(), self._hidden
        if question.phrases and len(self.query.words) > LONG_QUESTION:
            question = replace(question, phrases=())
        found = index.engine.search(question, hidden=hidden)
        if question.phrases and not found.count:
            found = index.engine.search(replace(question, phrases=()), hidden=hidden)
        return found

    @cached_property
    def choices(self) -> dict[str, dict[int, facets.Choice]]:
        """What the filters name, by facet and number."""
        return facets.named(self.filters, at=self.at)

    def __getitem__(self, part: slice) -> list[Hit]:
        if not self.count():
            return []
        return self._load(self.found.keys(part.start or 0, part.stop))

    def has(self, word: str) -> bool:
        """True where something readers may see has the word."""
        question = Question(terms=tuple(terms(word)), kinds=frozenset(kinds()))
        return index.engine.search(question, hidden=self._hidden).count > 0

    def _question(self) -> Question:
        known = kinds()
        return Question(
            terms=self.query.terms,
            alternatives=self._alternatives,
            pinned=self._pinned,
            phrases=self.query.phrases,
            without=self.query.without,
            title=self.query.title,
            filters={name: self._values(name) for name in self.filters if name not in ("before", "after")},
            facets=tuple(facets.facets()),
            since=max(filter(None, map(day, self.filters.get("after", ()))), default=None),
            until=min(map(_day_before, self.filters.get("before", ())), default=None),
            kinds=frozenset(known),
            names=frozenset(name for name, kind in known.items() if kind.is_name),
            order=self.order,
            at=self.at,
        )

    def _values(self, name: str) -> frozenset[int | str]:
        """The numbers of what a filter names. What nobody knows has none, and so no results."""
        texts = self.filters[name]
        if name == "year":
            return frozenset(number for text in texts if (number := year(text)))
        if name in ("type", "language"):
            return frozenset(text.casefold() for text in texts)
        return frozenset(self.choices.get(name, ()))

    @cached_property
    def _alternatives(self) -> tuple[Alternative, ...]:
        return curation.alternatives(self.query)

    @cached_property
    def _pinned(self) -> tuple[Key, ...]:
        return curation.pinned(self.query)

    @cached_property
    def _marked(self) -> frozenset[str]:
        """The terms that made a row a hit."""
        others = {term for alternative in self._alternatives for term in alternative.other}
        return frozenset({*self.query.terms, *(others - STOPWORDS)})

    @cached_property
    def _extracts(self) -> Extracts:
        return Extracts(self._marked)

    @cached_property
    def _hidden(self) -> dict[str, list[int]]:
        return hidden_rows(self.at)

    def _load(self, keys: Sequence[Key]) -> list[Hit]:
        hits = {key: self._hit(key, columns) for key, columns in lines(keys, at=self.at).items()}
        for kind in kinds().values():
            mine = [hit for hit in hits.values() if hit.kind is kind]
            if mine:
                kind.complete(mine, terms=self._marked, at=self.at)
        # A row may have gone since its key was read.
        return [hits[key] for key in keys if key in hits]

    def _hit(self, key: Key, columns: dict[str, Any]) -> Hit:
        kind = kinds()[key.kind]
        return Hit(
            kind=kind,
            pk=key.pk,
            title=columns["title"],
            address=kind.address(columns),
            snippet=self._extracts.of([columns["lead"], columns["body"]]),
            notes=[columns["note"]] if columns["note"] else [],
            language=columns["language"] or "",
            external_id=columns["external_id"],
            date=columns["date"],
            published=columns["published"],
            image_id=columns["image"],
            is_pinned=key in self._pinned,
        )


def _day_before(text: str) -> dt.date:
    """`before:2021` ends with 2020. The parser lets only days through."""
    first = day(text) or dt.date.max
    return first - dt.timedelta(days=1) if first > dt.date.min else first


def lines(keys: Iterable[Key], *, at: dt.datetime, columns: Collection[str] = COLUMNS) -> dict[Key, dict[str, Any]]:
    """What stands in the lines of those rows that are public, in one query."""
    pks = defaultdict(list)
    for key in keys:
        pks[key.kind].append(key.pk)
    arms = [_details(kinds()[name], pks=pks[name], at=at, columns=columns) for name in pks]
    return {
        Key(row["hit_kind"], row["hit_pk"]): {name: row[f"hit_{name}"] for name in columns}
        for row in (_joined(arms) if arms else ())
    }


def _details(kind: Kind, *, pks: list[int], at: dt.datetime, columns: Collection[str]) -> Rows:
    own = kind.columns()
    details: Rows = (
        kind.rows(at)
        .order_by()
        .filter(pk__in=pks)
        .annotate(
            hit_kind=Value(kind.name, CharField()),
            hit_pk=F("pk"),
            **{f"hit_{name}": own[name] if name in own else nothing(name) for name in columns},
        )
        .values("hit_kind", "hit_pk", *(f"hit_{name}" for name in columns))
    )
    return details


def _joined(arms: list[Rows]) -> Rows:
    joined: Rows = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
    return joined
