"""Words of the archive that are written almost like one that is not in it."""

from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

from postportal.search import analysis
from postportal.search.backends.postings import ENTRY
from postportal.search.backends.vocabulary import vocabulary
from postportal.search.models import Posting

FURTHEST = 3
MOST = 30
# How much more common a word must be, in powers of ten, to stand before one that is a letter nearer.
_COMMON = 0.3


def alike(word: str) -> list[str]:
    """Words at most three slips away, near and common ones first. A slip of the first letter is rare."""
    furthest = min(FURTHEST, 1 + len(word) // 4)
    found = process.extract(word, vocabulary().words, scorer=OSA.distance, score_cutoff=furthest, limit=MOST)
    often = _often([text for text, _, _ in found])

    def cost(text: str, distance: float) -> float:
        return distance + 0.5 * (text[0] != word[0]) - _COMMON * log10(1 + often.get(analysis.term(text), 0))

    return [text for text, distance, _ in sorted(found, key=lambda row: (cost(row[0], row[1]), row[0]))]


def _often(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Posting.objects.filter(term__in={analysis.term(word) for word in words}).values_list("term", "entries")
    for term, entries in rows.order_by("term", "block"):
        found[term] = found.get(term, 0) + len(entries) // ENTRY.itemsize
    return found
