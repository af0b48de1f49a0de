"""What editors know better than the index: which words mean the same, and what belongs on top."""

from collections.abc import Sequence

from postportal.search.analysis import terms
from postportal.search.backends.interface import Alternative
from postportal.search.documents import Key
from postportal.search.models import PinnedResult, Synonym
from postportal.search.query import Query, telling, wordings

# More would be read from the index than a reader waits for.
MOST_ALTERNATIVES = 40


def alternatives(query: Query) -> tuple[Alternative, ...]:
    """What is found, too, for words of the query that stand outside quotes: one query of the database."""
    asked = telling(" ".join(query.words))
    if not asked:
        return ()
    found: dict[Alternative, None] = {}
    for words, is_one_way in Synonym.objects.order_by("pk").values_list("words", "is_one_way"):
        texts = wordings(words)
        for typed in texts[:1] if is_one_way else texts:
            phrase = telling(typed)
            if _stands_in(phrase, asked):
                found |= {Alternative(phrase, tuple(terms(other))): None for other in texts if other != typed}
    return tuple(found)[:MOST_ALTERNATIVES]


def pinned(query: Query) -> tuple[Key, ...]:
    """What stands on top, if this is just what was typed: a search for a phrase, or without a word, is kept to."""
    if query.phrases or query.without or not query.terms:
        return ()
    return tuple(row.key for row in PinnedResult.objects.for_words(query.terms))


def _stands_in(phrase: Sequence[str], asked: Sequence[str]) -> bool:
    return any(tuple(asked[start : start + len(phrase)]) == tuple(phrase) for start in range(len(asked)))
