"""The interface of search backends. Another search engine needs only a module with a class like `Backend`."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from postportal.search.documents import Document, DocumentKey

# Facets of every entry, stored as columns of their own.
BUILTIN_FACETS = ("type", "language", "year")


class Alternative(NamedTuple):
    """A synonym: an entry with the `phrase` is found as if it contained each of the `terms`."""

    terms: tuple[str, ...]
    phrase: tuple[str, ...]


@dataclass(frozen=True)
class Trait:
    """Terms of the query that name kinds or a year. An entry of that kind or year counts as if it contained them, if it
    also contains a word of the query or has all of its traits."""

    terms: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    year: int | None = None


@dataclass(frozen=True)
class BackendQuery:
    """A query in the terms of the analyser.

    A match has all `phrases`, none of `excluded_phrases` and at least one of `terms`; matches with more or rarer terms
    rank higher. The rows in `pinned` always match and come first, in this order."""

    terms: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    traits: tuple[Trait, ...] = ()
    pinned: tuple[DocumentKey, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    # All words as one title, to rank a row with exactly this title first.
    title_terms: tuple[str, ...] = ()
    # For each facet, the accepted values.
    filters: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    # The facets to count, in addition to BUILTIN_FACETS.
    facets: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    # The kinds to search, and those of them that rank above texts if their name has all terms.
    kinds: frozenset[str] = frozenset()
    name_kinds: frozenset[str] = frozenset()
    # The kinds that do not count when the frequency of a word is measured.
    uncounted_kinds: frozenset[str] = frozenset()
    order: str = "relevance"
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Prefix:
    """The words that somebody is typing, each in lower case and as a term. Matching titles have all `whole_words`, or
    words that begin with them if no title has the word itself, and a word that begins with `last_word`."""

    whole_words: tuple[tuple[str, str], ...]
    last_word: tuple[str, str]
    language: str
    kinds: frozenset[str]
    name_kinds: frozenset[str]


@dataclass(frozen=True)
class WantedWord:
    """A word or phrase that staff search for, and what counts as having it: its terms one after the other, all `parts`
    in words of the title, a value of a facet, being one of the `rows` of a kind, or a date from the first to the last
    of `days`."""

    terms: tuple[str, ...]
    # Each as it is written and as a term.
    parts: tuple[tuple[str, str], ...] = ()
    facets: Mapping[str, Collection[int]] = field(default_factory=dict)
    rows: Mapping[str, Collection[int]] = field(default_factory=dict)
    days: tuple[dt.date, dt.date] | None = None
    is_excluded: bool = False


# Loads the documents of the rows that still exist.
LoadDocuments = Callable[[Sequence[DocumentKey]], list[Document]]


class BackendResults(Protocol):
    """The results of a backend, counted and sliced without another search."""

    @property
    def count(self) -> int: ...

    @property
    def counts(self) -> Mapping[str, Mapping[int | str, int]]:
        """The number of matches for each value of each facet, ignoring the filter on that facet."""
        ...

    def count_without(self, facet: str) -> int:
        """Return the number of matches without the filter on this facet."""
        ...

    @property
    def missing(self) -> frozenset[str]:
        """The terms of the query that no visible row has, whatever the filters."""
        ...

    @property
    def best_rank(self) -> int:
        """The fit of the best match: 0 if it lacks a word or there is none, 1 if it has every word, more
        if these are its name or title or if it is pinned."""
        ...

    def keys(self, start: int, stop: int) -> Sequence[DocumentKey]: ...


class Backend(Protocol):
    def write(self, keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
        """Index these rows as `load` returns them, and remove those it does not return. `load` is called while the
        index is locked, so that an older version of a row never overwrites a newer one."""
        ...

    def search(self, query: BackendQuery, *, hidden: Mapping[str, Collection[int]]) -> BackendResults:
        """Return the matches, without the `hidden` rows of each kind."""
        ...

    def find(self, words: Sequence[WantedWord], *, kinds: Collection[str], limit: int) -> Sequence[DocumentKey]:
        """Return the rows of these kinds that have every word, hidden ones too, the newest first."""
        ...

    def completions(self, prefix: Prefix, *, limit: int) -> Sequence[DocumentKey]:
        """Return the rows whose titles match the prefix, hidden ones too: names first, then the newest."""
        ...

    def fingerprints(self, kind: str) -> dict[int, str]:
        """Return the fingerprints of the indexed rows of a kind, by primary key."""
        ...

    def similar_words(self, word: str) -> Sequence[str]:
        """Return indexed words with a similar spelling, most likely first."""
        ...

    def rebuild(self, keys: Iterable[DocumentKey], *, load: LoadDocuments) -> Iterator[int]:
        """Rebuild the index of these rows in batches while others search and write. Yield the number of rows done."""
        ...
