"""Documents: rows in the form in which they are indexed."""

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
    """The texts of a row and the values it can be filtered by. Visibility is not part of it: every search checks that
    in the database."""

    key: DocumentKey
    # All its names or titles; a search for exactly one of them ranks the row first.
    titles: tuple[str, ...]
    texts: tuple[str, ...] = ()
    language: str = ""
    date: dt.date | None = None
    # (name of the facet, primary key of the value) pairs: tag 12, person 7.
    facets: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @property
    def fingerprint(self) -> str:
        content = (analysis.ANALYSER_VERSION, self.titles, self.texts, self.language, self.date, sorted(self.facets))
        return hashlib.blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
