"""Search for staff: every word must be in the title, the text, the tags, the names that are linked, the source or the
date of a row, public or not, or in its unpublished changes. What the user may view is decided by the caller."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import CharField, IntegerField, Model, QuerySet, Value
from django.utils import timezone

from postportal.search import facets, index
from postportal.search.analysis import fold_word, to_terms, tokenize, without_unseen
from postportal.search.backends.interface import WantedWord
from postportal.search.kinds import SearchKind, kinds
from postportal.search.query import Query, parse, parse_day
from postportal.search.unpublished import rows_with_terms

MAX_WORDS = 8


def find_rows(
    text: str, *, models: Collection[type[Model]], limit: int, with_parts: bool = False
) -> dict[type[Model], list[int]]:
    """Return the keys of the rows of each model that have every word of `text`, the newest first. `with_parts` lets a
    row have a word if a word of its title contains it."""
    searched = {name: kind for name, kind in kinds().items() if kind.model in models}
    words = _wanted_words(parse(text), kinds=list(searched.values()), with_parts=with_parts) if searched else []
    found: dict[type[Model], list[int]] = defaultdict(list)
    if any(not word.is_excluded for word in words):
        for key in index.backend.find(words, kinds=frozenset(searched), limit=limit):
            found[searched[key.kind].model].append(key.pk)
    return found


def _wanted_words(query: Query, *, kinds: Sequence[SearchKind], with_parts: bool) -> list[WantedWord]:
    at = timezone.now()
    typed = [word for word in query.words if to_terms(word)][:MAX_WORDS]
    named: list[dict[str, set[int]]] = [defaultdict(set) for _ in typed]
    for n, facet, pk in _named_values(typed, at=at):
        named[n][facet].add(pk)
    words = [
        WantedWord(tuple(to_terms(word)), parts=_parts(word) if with_parts else (), facets=values, days=_days(word))
        for word, values in zip(typed, named, strict=True)
    ]
    words += [WantedWord(phrase) for phrase in query.phrases[:MAX_WORDS]]
    unpublished = rows_with_terms([word.terms for word in words], kinds=kinds)
    words = [replace(word, rows=rows) for word, rows in zip(words, unpublished, strict=True)]
    words += [WantedWord(phrase, is_excluded=True) for phrase in query.excluded_phrases[:MAX_WORDS]]
    return [*words, *_typed_filters(query, at=at)]


def _parts(word: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of what was typed as one word, “night” and “mail” of “night-mail”, as written and as terms."""
    text = without_unseen(word)
    return tuple(
        (fold_word(text[token.start : token.end]), token.term) for token in tokenize(text) if not token.is_extra
    )


def _named_values(words: Sequence[str], *, at: dt.datetime) -> QuerySet[Any, Any] | list[Any]:
    """Return which word is in the name of which value of a facet: number of the word, facet, key. Takes one query."""
    queries = [
        facet.with_word(word, at=at)
        .order_by()
        .annotate(word=Value(n, IntegerField()), facet=Value(name, CharField()))
        .values_list("word", "facet", "pk")
        for n, word in enumerate(words)
        for name, facet in facets.facets().items()
        if not facet.is_in_texts
    ]
    return queries[0].union(*queries[1:], all=True) if queries else []


def _typed_filters(query: Query, *, at: dt.datetime) -> list[WantedWord]:
    """Return what filters such as `tag:rail` ask for. Without such a value, they find nothing."""
    texts: dict[str, list[str]] = defaultdict(list)
    for name, value in query.filters:
        texts[name].append(value)
    known = facets.choices_by_name(texts, at=at)
    wanted = [WantedWord((), facets={name: set(known.get(name, ()))}) for name in texts if name in facets.facets()]
    return [*wanted, *(WantedWord((), days=_days(text)) for text in texts.get("year", ()))]


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of `2021`, `2021-12` or `2021-12-08`, None for other texts."""
    first, parts = parse_day(text), text.count("-")
    if first is None:
        return None
    if parts == 0:
        return first, first.replace(month=12, day=31)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1]) if parts == 1 else first
