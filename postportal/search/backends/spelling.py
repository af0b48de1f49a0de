"""Spelling correction: indexed words similar to a word that is not in the index."""

from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from postportal.search import analysis
from postportal.search.backends.postings import POSTING_DTYPE
from postportal.search.backends.vocabulary import current_vocabulary
from postportal.search.models import Posting

MAX_DISTANCE = 3
MAX_SIMILAR_WORDS = 30
# Ten times as many occurrences outweigh this share of one typing error.
_FREQUENCY_WEIGHT = 0.3


def similar_words(word: str) -> list[str]:
    """Return words at most MAX_DISTANCE typing errors away, close and frequent ones first. Errors in the first letter
    are rare."""
    max_distance = min(MAX_DISTANCE, 1 + len(word) // 4)
    found = process.extract(
        word, current_vocabulary().words, scorer=OSA.distance, score_cutoff=max_distance, limit=MAX_SIMILAR_WORDS
    )
    frequencies = _term_frequencies([text for text, _, _ in found])

    def cost(text: str, distance: float) -> float:
        frequency = frequencies.get(analysis.to_term(text), 0)
        return distance + 0.5 * (text[0] != word[0]) - _FREQUENCY_WEIGHT * log10(1 + frequency)

    return [text for text, distance, _ in sorted(found, key=lambda row: (cost(row[0], row[1]), row[0]))]


def _term_frequencies(words: list[str]) -> dict[str, int]:
    """Return the number of entries that have each term of the words."""
    frequencies: dict[str, int] = {}
    rows = Posting.objects.filter(term__in={analysis.to_term(word) for word in words}).values_list("term", "entries")
    for term, entries in rows.order_by("term", "block"):
        frequencies[term] = frequencies.get(term, 0) + len(entries) // POSTING_DTYPE.itemsize
    return frequencies
