"""What an engine of the archive search can do. Another one is another module with a class of this form."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from postportal.search.documents import Document, DocumentKey

# Facets that every entry has without being told: they are columns of their own.
BUILTIN_FACETS = ("type", "language", "year")


class Alternative(NamedTuple):
    """An entry with the phrase `other` is found as if it had each of the `terms`."""

    terms: tuple[str, ...]
    phrase: tuple[str, ...]


@dataclass(frozen=True)
class BackendQuery:
    """What is asked, in the terms of the analyser. Entries have all `phrases`, none of `without`, and at least one of
    `terms`; those with more of them, or with rarer ones, come first. Those in `pinned` are found whatever they have,
    before all others, in this order."""

    terms: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    pinned: tuple[DocumentKey, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded_phrases: tuple[tuple[str, ...], ...] = ()
    # The words as a whole, to know who is called exactly so.
    title_terms: tuple[str, ...] = ()
    # For each facet, the values of which an entry has one.
    filters: Mapping[str, frozenset[int | str]] = field(default_factory=dict)
    # The facets to count, beside those of OWN_FACETS.
    facets: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    # The kinds looked through; among them those whose name is found before texts when it has all terms.
    kinds: frozenset[str] = frozenset()
    name_kinds: frozenset[str] = frozenset()
    order: str = "relevance"
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Prefix:
    """What somebody is typing: for each word how it is written, small, and its term. The titles have all `finished`
    words, where one that no title has stands for those that begin so, and one that is `last` or begins so."""

    whole_words: tuple[tuple[str, str], ...]
    last_word: tuple[str, str]
    language: str
    kinds: frozenset[str]
    name_kinds: frozenset[str]


# Reads the rows that are still there.
LoadDocuments = Callable[[Sequence[DocumentKey]], list[Document]]


class BackendResults(Protocol):
    """What an engine found, counted and cut without asking again."""

    @property
    def count(self) -> int: ...

    @property
    def counts(self) -> Mapping[str, Mapping[int | str, int]]:
        """How many entries each value of each facet has, whatever is chosen in that facet."""
        ...

    @property
    def missing(self) -> frozenset[str]:
        """The terms of the question that nothing has which is to be seen, whatever is chosen."""
        ...

    def keys(self, start: int, stop: int) -> Sequence[DocumentKey]: ...


class Backend(Protocol):
    def write(self, keys: Collection[DocumentKey], *, load: LoadDocuments) -> None:
        """Bring these rows into the index as `load` finds them; those it does not find leave it. It is called when
        nobody else writes, so that no older form of a row comes after a newer one."""
        ...

    def search(self, question: BackendQuery, *, hidden: Mapping[str, Collection[int]]) -> BackendResults:
        """Find what matches, without the `hidden` rows of each kind."""
        ...

    def completions(self, beginning: Prefix, *, limit: int) -> Sequence[DocumentKey]:
        """Rows with such titles, hidden ones too: names first, then the newest."""
        ...

    def fingerprints(self, kind: str) -> dict[int, str]:
        """Which rows of a kind are in, with what content."""
        ...

    def similar_words(self, word: str) -> Sequence[str]:
        """Words of the archive that may have been meant, the most likely first."""
        ...

    def rebuild(self, keys: Iterable[DocumentKey], *, load: LoadDocuments) -> Iterator[int]:
        """Write everything anew, part by part, while others search and write; yields how much is done. `load` reads
        the rows that are still there."""
        ...
