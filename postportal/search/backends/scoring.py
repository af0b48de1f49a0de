"""Matching and ranking: BM25F (Robertson, Zaragoza, Taylor 2004) on whole columns of the index."""

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
from postportal.search.backends.trait_scoring import TraitScores, WordFrequency, score_traits
from postportal.search.documents import DocumentKey

K1, B = 1.2, 0.75
# Larger than any score: rows with exactly this name rank first, then rows with every word.
TIER = 100_000.0
# The tier of pinned results, above all others.
PINNED_TIERS = 5
# Up to this value numbers are counted in an array with one item per possible value.
MAX_BINCOUNT_NUMBER = 1_000_000


def match(query: BackendQuery, *, hidden: Mapping[str, Collection[int]]) -> "Matches":
    """Find the matches of the query, without the `hidden` rows of each kind."""
    columns = current_columns()
    synonyms = [alternative.phrase for alternative in query.alternatives]
    phrases = [*query.phrases, *query.excluded_phrases, *synonyms]
    terms = {*query.terms, *(term for phrase in phrases for term in phrase)}
    # With and without stopwords: “the hotlines” is the title “Hotlines”.
    titles = {whole_title_term(query.title_terms), whole_title_term(query.terms)}
    with_places = bool(query.phrases or query.excluded_phrases) or any(len(phrase) > 1 for phrase in synonyms)
    postings = load_postings(terms | titles, columns, with_places=with_places)
    counts = _counts_by_term(query, postings, columns)
    traits = score_traits(query, counts, columns)
    is_visible = _visible_mask(query, columns, hidden=hidden)
    scores = _compute_scores(query, counts, traits, is_visible, columns)
    is_match = scores > 0 if query.terms else columns.is_used.copy()
    for phrase in query.phrases:
        is_match &= phrase_mask(phrase, postings, columns)
    for phrase in query.excluded_phrases:
        is_match &= ~phrase_mask(phrase, postings, columns)
    is_match &= is_visible
    missing = {term for term in query.terms if not _is_found(term, counts, traits, is_visible)}
    titled = [postings[title].entries for title in titles if title in postings]
    scores[np.unique(np.concatenate(titled)) if titled else []] += 2 * TIER
    for rank, key in enumerate(reversed(query.pinned), start=PINNED_TIERS):
        entry = columns.find_entries(key.kind, [key.pk])
        is_match[entry] |= is_visible[entry]
        scores[entry] = rank * TIER
    return Matches(query, columns, is_match=is_match, scores=scores, missing=frozenset(missing))


class Matches:
    """The matches of a query, with and without its filters on facets."""

    def __init__(
        self, query: BackendQuery, columns: Columns, *, is_match: Array, scores: Array, missing: frozenset[str]
    ) -> None:
        self.query, self.columns, self.is_match, self.scores = query, columns, is_match, scores
        self.missing = missing

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self._filtered_mask))

    def count_without(self, facet: str) -> int:
        return int(np.count_nonzero(self._matching_except(facet)))

    @cached_property
    def best_rank(self) -> int:
        return int(self.scores[self._filtered_mask].max(initial=0.0) // TIER)

    @cached_property
    def counts(self) -> dict[str, dict[int | str, int]]:
        columns = self.columns
        counts: dict[str, dict[int | str, int]] = {
            "type": _count_names(columns.kind[self._matching_except("type")], self.query.kinds),
            "language": self._count_languages(),
            "year": _count_numbers(columns.year[self._matching_except("year")]),
        }
        for facet in self.query.facets:
            counts[facet] = _count_numbers(columns.values(facet, self._matching_except(facet)))
        return counts

    def _count_languages(self) -> dict[int | str, int]:
        """Count the matches that a filter on each language shows: those without a language are for all readers."""
        codes = self.columns.language[self._matching_except("language")]
        counts = _count_names(codes, dict(settings.LANGUAGES))
        neutral = int(np.count_nonzero(codes == 0))
        return {language: count + neutral for language, count in counts.items()}

    def keys(self, start: int, stop: int) -> Sequence[DocumentKey]:
        kind_of_code = {name_code(kind): kind for kind in self.query.kinds}
        entries = self._sorted(stop)[start:stop]
        codes, pks = self.columns.kind[entries].tolist(), self.columns.pk[entries].tolist()
        return [DocumentKey(kind_of_code[code], pk) for code, pk in zip(codes, pks, strict=True)]

    @cached_property
    def _facet_masks(self) -> dict[str, Array]:
        return {facet: _facet_mask(facet, values, self.columns) for facet, values in self.query.filters.items()}

    @cached_property
    def _filtered_mask(self) -> Array:
        return self._matching_except("")

    def _matching_except(self, facet: str) -> Array:
        """Return a mask of the matches with all filters but the one on `facet`."""
        mask = self.is_match
        for name, facet_mask in self._facet_masks.items():
            if name != facet:
                mask = mask & facet_mask
        return mask

    def _sorted(self, stop: int) -> Array:
        """Return at least the first `stop` entries of the result list, in order."""
        entries = np.flatnonzero(self._filtered_mask)
        days = self.columns.day[entries]
        scores = self.scores[entries]
        if self.query.order != "relevance":
            has_all_terms = scores >= TIER
            dated = days if self.query.order == "newest" else np.where(days == NO_DAY, NO_DAY, -days)
            return entries[np.lexsort((-entries, -dated, ~has_all_terms))]
        if len(entries) > 4 * stop:
            # Sorting all matches would take longer than finding them. Entries with the same score stay together.
            best = scores >= np.partition(scores, len(scores) - stop)[len(scores) - stop]
            entries, days, scores = entries[best], days[best], scores[best]
        return entries[np.lexsort((-entries, -days, -scores))]


def _counts_by_term(
    query: BackendQuery, postings: Mapping[str, TermPostings], columns: Columns
) -> dict[str, TermCounts]:
    """Count each term of the query, together with its synonyms."""
    counts: dict[str, list[TermCounts]] = {term: [postings[term].counts] for term in query.terms if term in postings}
    for alternative in query.alternatives:
        phrase_counts = _phrase_counts(alternative.phrase, postings, columns)
        if phrase_counts:
            for term in set(alternative.terms):
                counts.setdefault(term, []).append(phrase_counts)
    return {term: merge_counts(parts) for term, parts in counts.items()}


def _phrase_counts(phrase: Sequence[str], postings: Mapping[str, TermPostings], columns: Columns) -> TermCounts | None:
    """Count a phrase; None if no entry has it. A phrase of several words counts once per entry."""
    entries = np.flatnonzero(phrase_mask(phrase, postings, columns))
    if not len(entries):
        return None
    if len(phrase) == 1:
        return postings[phrase[0]].counts
    titles = [each.title[np.searchsorted(each.entries, entries)] for each in map(postings.__getitem__, phrase)]
    return TermCounts(entries, np.min(titles, axis=0) > 0, np.ones(len(entries), dtype=np.uint8))


def _is_found(term: str, counts: Mapping[str, TermCounts], traits: TraitScores, is_visible: Array) -> bool:
    return (term in counts and bool(is_visible[counts[term].entries].any())) or (
        term in traits.masks and bool((is_visible & traits.masks[term]).any())
    )


def _compute_scores(
    query: BackendQuery, counts: Mapping[str, TermCounts], traits: TraitScores, is_visible: Array, columns: Columns
) -> Array:
    scores = np.zeros(len(columns), dtype=np.float64)
    matched, in_titles = np.zeros(len(columns), dtype=np.uint16), np.zeros(len(columns), dtype=np.uint16)
    times, frequencies = Counter(query.terms), WordFrequency(query, columns)
    for term in times.keys() & counts.keys():
        entries, title, text = counts[term]
        weight = frequencies.inverse(entries) * times[term]
        frequency = TITLE_WEIGHT * title.astype(np.float64) + text
        length_norm = K1 * (1 - B + B * columns.relative_length[entries])
        scores[entries] += weight * frequency * (K1 + 1) / (frequency + length_norm)
        matched[entries] += 1
        in_titles[entries[title > 0]] += 1
    has_all = matched + traits.matched == len(times)
    # A kind or a year alone is no match if the query has other words.
    is_relevant = (scores > 0) | has_all
    scores[is_relevant] += traits.scores[is_relevant]
    if query.at:
        scores *= columns.freshness(query.at.date())
    is_name = columns.kind_mask(query.name_kinds)
    has_title = in_titles == len(times)
    is_page = columns.kind_mask(query.uncounted_kinds)
    _lower_mentions(scores, is_visible & ~is_name & ~is_page & has_title, is_page | (is_name & (in_titles == 0)))
    scores[has_all] += TIER
    scores[has_all & traits.is_of_named_kind] += TIER / 2
    scores[is_name & has_title] += TIER
    return scores


def _lower_mentions(scores: Array, is_titled: Array, is_mention: Array) -> None:
    """Rank texts with all words in their title above the short texts about people, organizations and the like that only
    mention them, and above pages with the words in one of their many names."""
    if is_titled.any() and (highest := scores[is_mention].max(initial=0.0)):
        scores[is_mention] *= min(1.0, 0.99 * scores[is_titled].min() / highest)


def phrase_mask(phrase: Sequence[str], postings: Mapping[str, TermPostings], columns: Columns) -> Array:
    """Return a mask of the entries in which these terms follow each other."""
    mask = np.zeros(len(columns), dtype=bool)
    if not phrase or any(term not in postings for term in phrase):
        return mask
    if len(phrase) == 1:
        mask[postings[phrase[0]].entries] = True
        return mask
    starts = postings[phrase[0]].all_places
    for n, term in enumerate(phrase[1:], start=1):
        starts = np.intersect1d(starts, postings[term].all_places - n)
    mask[starts >> 16] = True
    return mask


def _visible_mask(query: BackendQuery, columns: Columns, *, hidden: Mapping[str, Collection[int]]) -> Array:
    """Return a mask of the public entries of the kinds and days of the query."""
    mask = columns.kind_mask(query.kinds).copy()
    for kind, pks in hidden.items():
        mask[columns.find_entries(kind, pks)] = False
    if query.since:
        mask &= columns.day >= day_number(query.since)
    if query.until:
        mask &= (columns.day <= day_number(query.until)) & (columns.day != NO_DAY)
    return mask


def _facet_mask(facet: str, values: Collection[int | str], columns: Columns) -> Array:
    """Return a mask of the entries with one of these values of a facet."""
    if facet == "year":
        return np.isin(columns.year, list(values))
    if facet in ("type", "language"):
        codes = [name_code(str(value)) for value in values]
        # Entries without a language are for readers of every language.
        if facet == "language":
            codes.append(0)
        return np.isin(columns.kind if facet == "type" else columns.language, codes)
    return columns.mask_with_values(facet, values)


def _count_names(codes: Array, names: Collection[str]) -> dict[int | str, int]:
    """Count the names in a column of codes."""
    counts = {name: int(np.count_nonzero(codes == name_code(name))) for name in names}
    return {name: count for name, count in counts.items() if count}


def _count_numbers(values: Array) -> dict[int | str, int]:
    """Count the numbers in `values`, without 0, which means none."""
    if not len(values):
        return {}
    if values.max() < MAX_BINCOUNT_NUMBER:
        # For small numbers such as primary keys, counting is ten times as fast as sorting.
        counts = np.bincount(values)
        numbers = np.flatnonzero(counts)
        pairs = zip(numbers.tolist(), counts[numbers].tolist(), strict=True)
    else:
        pairs = zip(*(array.tolist() for array in np.unique(values, return_counts=True)), strict=True)
    return {number: count for number, count in pairs if number}
