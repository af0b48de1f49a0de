"""What a reader may be typing: names and titles that go on as the typed words do."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from postportal.search import facets, index
from postportal.search.analysis import folded, is_chinese, tokens
from postportal.search.backends.interface import Beginning
from postportal.search.kinds import Kind, kinds
from postportal.search.query import tidy
from postportal.search.results import lines
from postportal.search.stopwords import STOPWORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST = 8
MOST_OF_A_FACET = 2
# A title that is typed in full has been found long before.
LONGEST = 100
MOST_WORDS = 8
# One letter begins too much; one Chinese character is a word.
SHORTEST = 2
# Rows that readers may not see do not use up the list: further ones are read, but not without end.
PART, MOST_READ = 40, 400


# What an address and a name are made of.
COLUMNS = ("title", "slug", "language", "date")


class Suggestion(NamedTuple):
    text: str
    type: "StrPromise | str"
    address: str


def suggestions(typed: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    """Return at most eight rows that are public at the moment `at` and tags, names first: those that begin with the
    text, then those with its words, the newest first."""
    text = tidy(typed)[:LONGEST]
    beginning = _beginning(text, language)
    if beginning is None:
        return []
    rows: list[tuple[Kind, dict[str, Any]]] = []
    keys = index.engine.begun(beginning, limit=MOST_READ)
    for start in range(0, len(keys), PART):
        if len(rows) < MOST:
            part = keys[start : start + PART]
            found = lines(part, at=at, columns=COLUMNS)
            rows += [(kinds()[key.kind], found[key]) for key in part if key in found]
    rows.sort(key=lambda row: not row[1]["title"].casefold().startswith(text.casefold()))
    offers = [(kind.name in beginning.names, _offer(kind, row)) for kind, row in rows]
    names = [offer for is_name, offer in offers if is_name]
    texts = [offer for is_name, offer in offers if not is_name]
    return [*names, *_values(text, at=at, language=language), *texts][:MOST]


def _offer(kind: Kind, row: dict[str, Any]) -> Suggestion:
    return Suggestion(row["title"], kind.label_of_one, kind.address(row))


def _values(text: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    return [
        Suggestion(name, facet.label, address)
        for facet in facets.facets().values()
        for name, address in facet.begun(text, at=at, language=language, most=MOST_OF_A_FACET)
    ]


def _beginning(text: str, language: str) -> Beginning | None:
    words = [(folded(text[token.start : token.end]), token.term) for token in tokens(text) if not token.is_extra]
    if not words or (len(words) == 1 and len(words[0][0]) < SHORTEST and not is_chinese(text)):
        return None
    *finished, last = words
    return Beginning(
        finished=tuple(word for word in finished if word[1] not in STOPWORDS)[:MOST_WORDS],
        last=last,
        language=language,
        kinds=frozenset(kinds()),
        # What has no language is a thing with a name; the others are texts about things.
        names=frozenset(name for name, kind in kinds().items() if "language" not in kind.columns()),
    )
