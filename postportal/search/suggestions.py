"""Search suggestions: names and titles that complete what a reader is typing."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from postportal.search import facets, index
from postportal.search.analysis import fold_word, is_chinese_text, tokenize
from postportal.search.backends.interface import Prefix
from postportal.search.kinds import SearchKind, kinds
from postportal.search.query import normalize_text
from postportal.search.results import load_result_columns
from postportal.search.stopwords import STOPWORDS
from postportal.text.folding import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_SUGGESTIONS = 8
MAX_PER_FACET = 2
# By then the title that a reader is typing has been suggested.
MAX_PREFIX_LENGTH = 100
MAX_PREFIX_WORDS = 8
# One letter matches too much, but one Chinese character is a word.
MIN_LETTERS = 2
# If hidden rows leave the list short, further ones are read up to a limit.
ROWS_PER_QUERY, MAX_ROWS_READ = 40, 400
# The columns that a title and a URL need.
SUGGESTION_COLUMNS = ("title", "slug", "language", "date")


# Returns names and URLs of public pages that complete a text.
Completions = Callable[..., list[tuple[str, str]]]
_completions: list[tuple["StrPromise | str", Completions]] = []


def register_completions(label: "StrPromise | str") -> Callable[[Completions], Completions]:
    """Let the decorated function suggest pages that are neither rows nor values of a facet. It is called with the text,
    `at` and `limit`, and takes one query."""

    def register(function: Completions) -> Completions:
        _completions.append((label, function))
        return function

    return register


class Suggestion(NamedTuple):
    text: str
    type: "StrPromise | str"
    url: str


def suggest(typed: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    """Return at most MAX_SUGGESTIONS suggestions that are public at the time `at`.

    Names come first, then facet values such as tags and lists such as the stamps of a designer, then texts. Among each,
    titles that begin with the typed text come before titles that contain its words, newest first."""
    text = normalize_text(typed)[:MAX_PREFIX_LENGTH]
    prefix = _parse_prefix(text, language)
    if prefix is None:
        return []
    rows: list[tuple[SearchKind, dict[str, Any]]] = []
    keys = index.backend.completions(prefix, limit=MAX_ROWS_READ)
    for start in range(0, len(keys), ROWS_PER_QUERY):
        if len(rows) < MAX_SUGGESTIONS:
            batch = keys[start : start + ROWS_PER_QUERY]
            found = load_result_columns(batch, at=at, columns=SUGGESTION_COLUMNS)
            rows += [(kinds()[key.kind], found[key]) for key in batch if key in found]
    beginning = fold(text)
    rows.sort(key=lambda row: not fold(row[1]["title"]).startswith(beginning))
    suggestions = [(kind.name in prefix.name_kinds, _to_suggestion(kind, row)) for kind, row in rows]
    names = [suggestion for is_name, suggestion in suggestions if is_name]
    texts = [suggestion for is_name, suggestion in suggestions if not is_name]
    return [*names, *_facet_suggestions(text, at=at, language=language), *texts][:MAX_SUGGESTIONS]


def _to_suggestion(kind: SearchKind, row: dict[str, Any]) -> Suggestion:
    return Suggestion(row["title"], kind.label_singular, kind.url(row))


def _facet_suggestions(text: str, *, at: dt.datetime, language: str) -> list[Suggestion]:
    """Return values of facets, then pages that are lists."""
    lists = [
        Suggestion(name, label, url)
        for label, complete in _completions
        for name, url in complete(text, at=at, limit=MAX_PER_FACET)
    ]
    return [
        Suggestion(name, facet.label, url)
        for facet in facets.facets().values()
        for name, url in facet.completions(text, at=at, language=language, limit=MAX_PER_FACET)
    ] + lists


def _parse_prefix(text: str, language: str) -> Prefix | None:
    """Return the prefix that the text means; None if it is too short."""
    words = [(fold_word(text[token.start : token.end]), token.term) for token in tokenize(text) if not token.is_extra]
    if not words or (len(words) == 1 and len(words[0][0]) < MIN_LETTERS and not is_chinese_text(text)):
        return None
    *whole_words, last_word = words
    return Prefix(
        whole_words=tuple(word for word in whole_words if word[1] not in STOPWORDS)[:MAX_PREFIX_WORDS],
        last_word=last_word,
        language=language,
        kinds=frozenset(kinds()),
        # Kinds without a language are people, organizations and the like; the others are texts.
        name_kinds=frozenset(name for name, kind in kinds().items() if "language" not in kind.columns()),
    )
