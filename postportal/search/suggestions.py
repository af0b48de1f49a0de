"""What a reader may be typing: names and titles that go on as the typed words do."""

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from postportal.search import facets, index
from postportal.search.analysis import fold, is_chinese, tokenize
from postportal.search.backends.interface import Prefix
from postportal.search.kinds import SearchKind, kinds
from postportal.search.query import normalize_text
from postportal.search.results import load_result_columns
from postportal.search.stopwords import STOPWORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_SUGGESTIONS = 8
MAX_PER_FACET = 2
# A title that is typed in full has been found long before.
MAX_PREFIX_LENGTH = 100
MAX_PREFIX_WORDS = 8
# One letter begins too much; one Chinese character is a word.
MIN_LETTERS = 2
# Rows that readers may not see do not use up the list: further ones are read, but not without end.
ROWS_PER_QUERY, MAX_ROWS_READ = 40, 400


# What an address and a name are made of.
SUGGESTION_COLUMNS = ("title", "slug", "language", "date")


class Suggestion(NamedTuple):
    text: str
    type: "StrPromise | str"
    url: str


def suggest(typed: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    """Return at most eight rows that are public at the moment `at` and tags, names first: those that begin with the
    text, then those with its words, the newest first."""
    text = normalize_text(typed)[:MAX_PREFIX_LENGTH]
    beginning = _prefix(text, language)
    if beginning is None:
        return []
    rows: list[tuple[SearchKind, dict[str, Any]]] = []
    keys = index.backend.completions(beginning, limit=MAX_ROWS_READ)
    for start in range(0, len(keys), ROWS_PER_QUERY):
        if len(rows) < MAX_SUGGESTIONS:
            part = keys[start : start + ROWS_PER_QUERY]
            found = load_result_columns(part, at=at, columns=SUGGESTION_COLUMNS)
            rows += [(kinds()[key.kind], found[key]) for key in part if key in found]
    rows.sort(key=lambda row: not row[1]["title"].casefold().startswith(text.casefold()))
    offers = [(kind.name in beginning.name_kinds, _to_suggestion(kind, row)) for kind, row in rows]
    names = [offer for is_name, offer in offers if is_name]
    texts = [offer for is_name, offer in offers if not is_name]
    return [*names, *_facet_suggestions(text, at=at, language=language), *texts][:MAX_SUGGESTIONS]


def _to_suggestion(kind: SearchKind, row: dict[str, Any]) -> Suggestion:
    return Suggestion(row["title"], kind.label_singular, kind.url(row))


def _facet_suggestions(text: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    return [
        Suggestion(name, facet.label, address)
        for facet in facets.facets().values()
        for name, address in facet.completions(text, at=at, language=language, limit=MAX_PER_FACET)
    ]


def _prefix(text: str, language: str) -> Prefix | None:
    words = [(fold(text[token.start : token.end]), token.term) for token in tokenize(text) if not token.is_extra]
    if not words or (len(words) == 1 and len(words[0][0]) < MIN_LETTERS and not is_chinese(text)):
        return None
    *finished, last = words
    return Prefix(
        whole_words=tuple(word for word in finished if word[1] not in STOPWORDS)[:MAX_PREFIX_WORDS],
        last_word=last,
        language=language,
        kinds=frozenset(kinds()),
        # What has no language is a thing with a name; the others are texts about things.
        name_kinds=frozenset(name for name, kind in kinds().items() if "language" not in kind.columns()),
    )
