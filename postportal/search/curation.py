"""What editors know better than the index: which words mean the same, and what belongs on top."""

from collections.abc import Sequence

from postportal.search.analysis import to_terms
from postportal.search.backends.interface import Alternative
from postportal.search.documents import DocumentKey
from postportal.search.models import PinnedResult, Synonym
from postportal.search.query import Query, significant_terms, split_commas

# More would be read from the index than a reader waits for.
MAX_ALTERNATIVES = 40


def synonym_alternatives(query: Query) -> tuple[Alternative, ...]:
    """What is found, too, for words of the query that stand outside quotes: one query of the database."""
    asked = significant_terms(" ".join(query.words))
    if not asked:
        return ()
    found: dict[Alternative, None] = {}
    for words, is_one_way in Synonym.objects.order_by("pk").values_list("words", "is_one_way"):
        texts = split_commas(words)
        for typed in texts[:1] if is_one_way else texts:
            phrase = significant_terms(typed)
            if _contains_phrase(phrase, asked):
                found |= {Alternative(phrase, tuple(to_terms(other))): None for other in texts if other != typed}
    return tuple(found)[:MAX_ALTERNATIVES]


def pinned_keys(query: Query) -> tuple[DocumentKey, ...]:
    """What stands on top, if this is just what was typed: a search for a phrase, or without a word, is kept to."""
    if query.phrases or query.excluded_phrases or not query.terms:
        return ()
    return tuple(row.key for row in PinnedResult.objects.for_words(query.terms))


def _contains_phrase(phrase: Sequence[str], asked: Sequence[str]) -> bool:
    return any(tuple(asked[start : start + len(phrase)]) == tuple(phrase) for start in range(len(asked)))
