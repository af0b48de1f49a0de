"""Corrections of queries with a word that no public text contains."""

from itertools import islice, product

from rapidfuzz.distance import OSA

from postportal.search import index
from postportal.search.analysis import to_term
from postportal.search.query import parse
from postportal.search.results import Results

# Each correction is searched for, and readers wait for all of them.
MAX_CORRECTIONS = 6
MAX_CANDIDATES, MAX_CORRECTED_WORDS = 5, 3
MAX_SHORT_WORD = 5


def correct(results: Results) -> Results | None:
    """Return the results of the corrected query; None if there is nothing to correct.

    A query is corrected if a word is in no public text, its results are not good already, and the best result of the
    corrected one has every word. So all its words are in one public row. Of several corrections, the one whose best
    result fits best is taken, a name before a text; among equals, the closest and most frequent words."""
    if not results.query.has_criteria or results.backend_results.best_rank:
        return None
    best, best_rank = None, 0
    for text in islice(_corrections(results), MAX_CORRECTIONS):
        corrected = results.with_query(parse(text))
        rank = corrected.backend_results.best_rank
        if rank > best_rank:
            best, best_rank = corrected, rank
    return best


def _corrections(results: Results) -> list[str]:
    """Return the text of the query with other words for the missing ones, most likely first."""
    missing = results.backend_results.missing
    words = [word for word in dict.fromkeys(results.query.words) if to_term(word) in missing and _is_plain_word(word)]
    candidates = [_candidates(word) for word in words]
    if not words or len(words) > MAX_CORRECTED_WORDS or not all(candidates):
        return []
    choices = sorted(product(*map(range, map(len, candidates))), key=lambda ranks: (sum(ranks), ranks))
    return [
        _replace_words(
            results.query.text, {word: found[n] for word, found, n in zip(words, candidates, ranks, strict=True)}
        )
        for ranks in choices
    ]


def _candidates(word: str) -> list[str]:
    """Return words with a similar spelling. In a short word, two errors make another word: jobs, joins."""
    max_distance = 1 if len(word) <= MAX_SHORT_WORD else 2
    similar = index.backend.similar_words(word.casefold())
    found = [each for each in similar if OSA.distance(word.casefold(), each) <= max_distance][:MAX_CANDIDATES]
    return [each.capitalize() if word[0].isupper() else each for each in found]


def _is_plain_word(word: str) -> bool:
    return word.isalpha() and word.isascii() and len(word) > 2


def _replace_words(text: str, corrections: dict[str, str]) -> str:
    return " ".join(_replace_in(piece, corrections) for piece in text.split(" "))


def _replace_in(piece: str, corrections: dict[str, str]) -> str:
    word = next((word for word in corrections if word in piece), None)
    return piece.replace(word, corrections[word]) if word else piece
