"""Finds and ranks: BM25F (Robertson, Zaragoza, Taylor 2004) over whole columns."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

import numpy as np
from django.conf import settings

from postportal.search.backends.block_format import NO_DAY, Array, day_number, name_code
from postportal.search.backends.columns import Columns, current_columns
from postportal.search.backends.interface import BackendQuery
from postportal.search.backends.posting_reader import TermCounts, TermPostings, load_postings, merge_counts
from postportal.search.backends.postings import TITLE_WEIGHT, whole_title_term
from postportal.search.documents import DocumentKey

K1, B = 1.2, 0.75
# Further apart than any two scores: whose name it is comes first, then who has every word.
TIER = 100_000.0
# As many tiers as there are below what editors put on top.
PINNED_TIERS = 5
# Numbers below this are counted in an array as long as the highest of them.
MAX_BINCOUNT_NUMBER = 1_000_000


def match(question: BackendQuery, *, hidden: Mapping[str, Collection[int]]) -> "Matches":
    here = current_columns()
    others = [alternative.phrase for alternative in question.alternatives]
    phrases = [*question.phrases, *question.excluded_phrases, *others]
    sought = {*question.terms, *(term for phrase in phrases for term in phrase)}
    called = whole_title_term(question.title_terms)
    with_places = bool(question.phrases or question.excluded_phrases) or any(len(other) > 1 for other in others)
    found = load_postings({*sought, called}, here, with_places=with_places)
    counted = _counts_by_term(question, found, here)
    scores = _compute_scores(question, counted, here)
    is_match = scores > 0 if question.terms else here.is_used.copy()
    for phrase in question.phrases:
        is_match &= _phrase_mask(phrase, found, here)
    for phrase in question.excluded_phrases:
        is_match &= ~_phrase_mask(phrase, found, here)
    is_open = _visible_mask(question, here, hidden=hidden)
    is_match &= is_open
    missing = {term for term in question.terms if term not in counted or not is_open[counted[term].entries].any()}
    if called in found:
        scores[found[called].entries] += 2 * TIER
    for rank, key in enumerate(reversed(question.pinned), start=PINNED_TIERS):
        place = here.places(key.kind, [key.pk])
        is_match[place] |= is_open[place]
        scores[place] = rank * TIER
    return Matches(question, here, is_match=is_match, scores=scores, missing=frozenset(missing))


class Matches:
    """What was found, before and after what is chosen in the facets."""

    def __init__(
        self, question: BackendQuery, here: Columns, *, is_match: Array, scores: Array, missing: frozenset[str]
    ) -> None:
        self.question, self.here, self.is_match, self.scores = question, here, is_match, scores
        self.missing = missing

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self._chosen_mask))

    @cached_property
    def counts(self) -> dict[str, dict[int | str, int]]:
        found: dict[str, dict[int | str, int]] = {
            "type": _count_names(self.here.kind[self._matching_except("type")], self.question.kinds),
            "language": _count_names(self.here.language[self._matching_except("language")], dict(settings.LANGUAGES)),
            "year": _count_numbers(self.here.year[self._matching_except("year")]),
        }
        for facet in self.question.facets:
            found[facet] = _count_numbers(self.here.values(facet, self._matching_except(facet)))
        return found

    def keys(self, start: int, stop: int) -> Sequence[DocumentKey]:
        names = {name_code(kind): kind for kind in self.question.kinds}
        places = self._sorted(stop)[start:stop]
        kinds, pks = self.here.kind[places].tolist(), self.here.pk[places].tolist()
        return [DocumentKey(names[kind], pk) for kind, pk in zip(kinds, pks, strict=True)]

    @cached_property
    def _facet_masks(self) -> dict[str, Array]:
        return {facet: _facet_mask(facet, values, self.here) for facet, values in self.question.filters.items()}

    @cached_property
    def _chosen_mask(self) -> Array:
        return self._matching_except("")

    def _matching_except(self, facet: str) -> Array:
        """What matches with every filter but that of `facet`."""
        found = self.is_match
        for name, has in self._facet_masks.items():
            if name != facet:
                found = found & has
        return found

    def _sorted(self, stop: int) -> Array:
        """The first places of the list, in its order."""
        chosen = np.flatnonzero(self._chosen_mask)
        days = self.here.day[chosen]
        scores = self.scores[chosen]
        if self.question.order != "relevance":
            has_all = scores >= TIER
            dated = days if self.question.order == "newest" else np.where(days == NO_DAY, NO_DAY, -days)
            return chosen[np.lexsort((-chosen, -dated, ~has_all))]
        if len(chosen) > 4 * stop:
            # Sorting what nobody looks at takes longer than finding it. Of equal scores all stay.
            best = scores >= np.partition(scores, len(scores) - stop)[len(scores) - stop]
            chosen, days, scores = chosen[best], days[best], scores[best]
        return chosen[np.lexsort((-chosen, -days, -scores))]


def _counts_by_term(question: BackendQuery, found: Mapping[str, TermPostings], here: Columns) -> dict[str, TermCounts]:
    """Who has each term of the question, or what means the same, and how often."""
    counted: dict[str, list[TermCounts]] = {term: [found[term].counts] for term in question.terms if term in found}
    for alternative in question.alternatives:
        other = _phrase_counts(alternative.phrase, found, here)
        if other:
            for term in set(alternative.terms):
                counted.setdefault(term, []).append(other)
    return {term: merge_counts(counts) for term, counts in counted.items()}


def _phrase_counts(phrase: Sequence[str], found: Mapping[str, TermPostings], here: Columns) -> TermCounts | None:
    """Who has the phrase; how often is not known where it has several words, so it is once."""
    entries = np.flatnonzero(_phrase_mask(phrase, found, here))
    if not len(entries):
        return None
    if len(phrase) == 1:
        return found[phrase[0]].counts
    titles = [post.title[np.searchsorted(post.entries, entries)] for post in map(found.__getitem__, phrase)]
    return TermCounts(entries, np.min(titles, axis=0) > 0, np.ones(len(entries), dtype=np.uint8))


def _compute_scores(question: BackendQuery, found: Mapping[str, TermCounts], here: Columns) -> Array:
    scores = np.zeros(len(here), dtype=np.float64)
    matched, in_titles = np.zeros(len(here), dtype=np.uint16), np.zeros(len(here), dtype=np.uint16)
    times = Counter(question.terms)
    for term in times.keys() & found.keys():
        post = found[term]
        weight = np.log1p((here.count - len(post.entries) + 0.5) / (len(post.entries) + 0.5)) * times[term]
        often = TITLE_WEIGHT * post.title.astype(np.float64) + post.text
        shape = K1 * (1 - B + B * here.relative_length[post.entries])
        scores[post.entries] += weight * often * (K1 + 1) / (often + shape)
        matched[post.entries] += 1
        in_titles[post.entries[post.title > 0]] += 1
    if question.at:
        scores *= here.freshness(question.at.date())
    scores[matched == len(times)] += TIER
    scores[here.kind_mask(question.name_kinds) & (in_titles == len(times))] += TIER
    return scores


def _phrase_mask(phrase: Sequence[str], found: Mapping[str, TermPostings], here: Columns) -> Array:
    """Entries in which these terms follow each other."""
    has = np.zeros(len(here), dtype=bool)
    if not phrase or any(term not in found for term in phrase):
        return has
    if len(phrase) == 1:
        has[found[phrase[0]].entries] = True
        return has
    starts = found[phrase[0]].all_places
    for n, term in enumerate(phrase[1:], start=1):
        starts = np.intersect1d(starts, found[term].all_places - n)
    has[starts >> 16] = True
    return has


def _visible_mask(question: BackendQuery, here: Columns, *, hidden: Mapping[str, Collection[int]]) -> Array:
    """Entries of the kinds asked for that are public, and of the days asked for."""
    is_open = here.kind_mask(question.kinds).copy()
    for kind, pks in hidden.items():
        is_open[here.places(kind, pks)] = False
    if question.since:
        is_open &= here.day >= day_number(question.since)
    if question.until:
        is_open &= (here.day <= day_number(question.until)) & (here.day != NO_DAY)
    return is_open


def _facet_mask(facet: str, values: Collection[int | str], here: Columns) -> Array:
    if facet == "year":
        return np.isin(here.year, list(values))
    if facet in ("type", "language"):
        codes = [name_code(str(value)) for value in values]
        # What has no language is for every reader.
        if facet == "language":
            codes.append(0)
        return np.isin(here.kind if facet == "type" else here.language, codes)
    return here.mask_with_values(facet, values)


def _count_names(codes: Array, names: Collection[str]) -> dict[int | str, int]:
    """How often each name stands in a column, by its code."""
    counts = {name: int(np.count_nonzero(codes == name_code(name))) for name in names}
    return {name: count for name, count in counts.items() if count}


def _count_numbers(values: Array) -> dict[int | str, int]:
    """How often each number stands there; 0 stands for nothing."""
    if not len(values):
        return {}
    if values.max() < MAX_BINCOUNT_NUMBER:
        # The keys of some rows: counting them takes a tenth of the time of sorting them.
        counts = np.bincount(values)
        numbers = np.flatnonzero(counts)
        found = zip(numbers.tolist(), counts[numbers].tolist(), strict=True)
    else:
        found = zip(*(each.tolist() for each in np.unique(values, return_counts=True)), strict=True)
    return {number: count for number, count in found if number}
