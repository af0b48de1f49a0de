"""Count words that name the kind or the year of an entry, as if each entry contained them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from postportal.search.backends.block_format import Array
from postportal.search.backends.columns import Columns
from postportal.search.backends.interface import BackendQuery, Trait
from postportal.search.backends.posting_reader import TermCounts


@dataclass(frozen=True)
class TraitScores:
    """For each entry, how many terms of the query name its kind or year without being in its text, and what the traits
    add to its score."""

    matched: Array
    scores: Array
    is_of_named_kind: Array
    # The entries of each kind or year, by the terms that name it.
    masks: Mapping[str, Array]


def score_traits(query: BackendQuery, counts: Mapping[str, TermCounts], columns: Columns) -> TraitScores:
    """Score the traits of the query. `counts` has the entries whose texts contain a term."""
    matched, scores = np.zeros(len(columns), dtype=np.uint16), np.zeros(len(columns), dtype=np.float64)
    is_of_named_kind = np.zeros(len(columns), dtype=bool)
    masks: dict[str, Array] = {}
    times = Counter(query.terms)
    for trait in query.traits:
        mask = _trait_mask(trait, columns)
        if trait.kinds:
            is_of_named_kind |= mask
        for term in trait.terms:
            # A name for several kinds counts once.
            masks[term] = masks[term] | mask if term in masks else mask
    frequency = WordFrequency(query, columns)
    for term, mask in masks.items():
        scores[mask] += frequency.inverse(np.flatnonzero(mask)) * times[term]
        is_new = mask.copy()
        if term in counts:
            is_new[counts[term].entries] = False
        matched[is_new] += 1
    return TraitScores(matched, scores, is_of_named_kind, masks)


class WordFrequency:
    """The frequency of words among the entries, without those of the kinds that do not count."""

    def __init__(self, query: BackendQuery, columns: Columns) -> None:
        self._uncounted = np.flatnonzero(columns.kind_mask(query.uncounted_kinds))
        self._count = columns.count - len(self._uncounted)

    def inverse(self, entries: Array) -> float:
        """Return the weight of a word that these entries have, in ascending order: the rarer, the heavier (BM25)."""
        places = np.searchsorted(entries, self._uncounted)
        in_range = places < len(entries)
        uncounted = np.count_nonzero(entries[places[in_range]] == self._uncounted[in_range])
        frequency = len(entries) - uncounted
        return float(np.log1p((self._count - frequency + 0.5) / (frequency + 0.5)))


def _trait_mask(trait: Trait, columns: Columns) -> Array:
    if trait.year is not None:
        mask: Array = columns.year == trait.year
        return mask
    return columns.kind_mask(trait.kinds)
