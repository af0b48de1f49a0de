"""Search results curated by editors: synonyms and pinned results."""

from collections.abc import Sequence

from postportal.search.analysis import to_terms
from postportal.search.backends.interface import Alternative
from postportal.search.documents import DocumentKey
from postportal.search.models import PinnedResult, Synonym
from postportal.search.query import Query, significant_terms, split_commas

# Each alternative is looked up in the index; more would make readers wait.
MAX_ALTERNATIVES = 40


def synonym_alternatives(query: Query) -> tuple[Alternative, ...]:
    """Return the synonyms of phrases in the unquoted words of the query, with one database query."""
    terms = query.word_terms
    if not terms:
        return ()
    found: dict[Alternative, None] = {}
    for words, is_one_way in Synonym.objects.order_by("pk").values_list("words", "is_one_way"):
        texts = split_commas(words)
        for text in texts[:1] if is_one_way else texts:
            phrase = significant_terms(text)
            if _contains_phrase(terms, phrase):
                found |= {Alternative(phrase, tuple(to_terms(other))): None for other in texts if other != text}
    return tuple(found)[:MAX_ALTERNATIVES]


def pinned_keys(query: Query) -> tuple[DocumentKey, ...]:
    """Return the results pinned to exactly these words. A query with a phrase or an excluded word gets none."""
    if query.phrases or query.excluded_phrases or not query.terms:
        return ()
    return tuple(row.key for row in PinnedResult.objects.for_words(query.terms))


def _contains_phrase(terms: Sequence[str], phrase: Sequence[str]) -> bool:
    return any(tuple(terms[start : start + len(phrase)]) == tuple(phrase) for start in range(len(terms)))
