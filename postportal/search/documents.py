"""What the index is told of a row."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from postportal.search import analysis


class DocumentKey(NamedTuple):
    kind: str
    pk: int


@dataclass(frozen=True)
class Document:
    """The texts of a row and what it can be filtered by. Whether it is public is no part of it: that is asked anew with
    every search."""

    key: DocumentKey
    # Every name or title it goes by; a search for exactly one of them puts it first.
    titles: tuple[str, ...]
    texts: tuple[str, ...] = ()
    language: str = ""
    date: dt.date | None = None
    # (name of the facet, number of the row) pairs: tag 12, person 7.
    facets: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @property
    def fingerprint(self) -> str:
        said = (analysis.ANALYSER_VERSION, self.titles, self.texts, self.language, self.date, sorted(self.facets))
        return hashlib.blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
