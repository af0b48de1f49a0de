"""Words of the archive that are written almost like one that is not in it."""

from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from postportal.search import analysis
from postportal.search.backends.postings import POSTING_DTYPE
from postportal.search.backends.vocabulary import current_vocabulary
from postportal.search.models import Posting

MAX_DISTANCE = 3
MAX_SIMILAR_WORDS = 30
# How much more common a word must be, in powers of ten, to stand before one that is a letter nearer.
_FREQUENCY_WEIGHT = 0.3


def similar_words(word: str) -> list[str]:
    """Words at most three slips away, near and common ones first. A slip of the first letter is rare."""
    furthest = min(MAX_DISTANCE, 1 + len(word) // 4)
    found = process.extract(
        word, current_vocabulary().words, scorer=OSA.distance, score_cutoff=furthest, limit=MAX_SIMILAR_WORDS
    )
    often = _term_frequencies([text for text, _, _ in found])

    def cost(text: str, distance: float) -> float:
        return (
            distance + 0.5 * (text[0] != word[0]) - _FREQUENCY_WEIGHT * log10(1 + often.get(analysis.to_term(text), 0))
        )

    return [text for text, distance, _ in sorted(found, key=lambda row: (cost(row[0], row[1]), row[0]))]


def _term_frequencies(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Posting.objects.filter(term__in={analysis.to_term(word) for word in words}).values_list("term", "entries")
    for term, entries in rows.order_by("term", "block"):
        found[term] = found.get(term, 0) + len(entries) // POSTING_DTYPE.itemsize
    return found
