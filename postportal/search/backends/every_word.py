"""Rows that have every word of a text, for staff: no ranking, and hidden rows like others."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from postportal.search.analysis import to_term
from postportal.search.backends.block_format import NO_DAY, Array, day_number, name_code
from postportal.search.backends.columns import Columns, current_columns
from postportal.search.backends.completion import title_mask
from postportal.search.backends.interface import WantedWord
from postportal.search.backends.posting_reader import TermPostings, load_postings
from postportal.search.backends.scoring import phrase_mask
from postportal.search.backends.vocabulary import current_vocabulary
from postportal.search.documents import DocumentKey

# A part of more words than that finds the titles with the most frequent ones.
MAX_WORDS_WITH_PART = 100
# A part of a word as it is written, and as a term.
Part = tuple[str, str]


def keys_with_every_word(words: Sequence[WantedWord], *, kinds: Collection[str], limit: int) -> list[DocumentKey]:
    """Return the rows of these kinds that have every word, the newest first."""
    columns = current_columns()
    parts = _terms_of_parts({part for word in words for part in word.parts})
    terms = {term for word in words for term in word.terms}.union(*parts.values())
    postings = load_postings(terms, columns, with_places=any(len(word.terms) > 1 for word in words))
    mask = columns.kind_mask(frozenset(kinds)).copy()
    for word in words:
        found = _mask_of(word, postings, columns)
        if word.parts:
            found |= np.logical_and.reduce([title_mask(parts[part], postings, columns) for part in word.parts])
        mask &= ~found if word.is_excluded else found
    entries = np.flatnonzero(mask)
    newest = entries[np.lexsort((-entries, -columns.day[entries]))][:limit]
    names = {name_code(kind): kind for kind in kinds}
    codes, pks = columns.kind[newest].tolist(), columns.pk[newest].tolist()
    return [DocumentKey(names[code], pk) for code, pk in zip(codes, pks, strict=True)]


def _terms_of_parts(parts: Collection[Part]) -> dict[Part, set[str]]:
    """Return the terms of the words of titles that contain each part."""
    if not parts:
        return {}
    vocabulary = current_vocabulary()
    return {
        (written, term): {term, *map(to_term, vocabulary.words_containing(written, limit=MAX_WORDS_WITH_PART))}
        for written, term in parts
    }


def _mask_of(word: WantedWord, postings: Mapping[str, TermPostings], columns: Columns) -> Array:
    mask = phrase_mask(word.terms, postings, columns)
    for facet, values in word.facets.items():
        mask |= columns.mask_with_values(facet, values)
    for kind, pks in word.rows.items():
        mask[columns.find_entries(kind, pks)] = True
    if word.days:
        first, last = map(day_number, word.days)
        mask |= (columns.day >= first) & (columns.day <= last) & (columns.day != NO_DAY)
    return mask
