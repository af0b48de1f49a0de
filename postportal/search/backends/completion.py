"""Titles with all words of a beginning, finished or not."""

from collections.abc import Sequence

import numpy as np

from postportal.search.analysis import to_term
from postportal.search.backends.block_format import Array, name_code
from postportal.search.backends.columns import Columns, current_columns
from postportal.search.backends.interface import Prefix
from postportal.search.backends.posting_reader import TermPostings, load_postings
from postportal.search.backends.vocabulary import Vocabulary, current_vocabulary
from postportal.search.documents import DocumentKey

# Of the words that a beginning can become, the most frequent ones: reading the others would take as long as a search.
MAX_COMPLETIONS = 20


def completions(beginning: Prefix, *, limit: int) -> Sequence[DocumentKey]:
    here = current_columns()
    words = current_vocabulary()
    wanted = [_possible_terms(word, words, is_last=False) for word in beginning.whole_words]
    wanted.append(_possible_terms(beginning.last_word, words, is_last=True))
    found = load_postings(set().union(*wanted), here, with_places=False)
    has = np.logical_and.reduce([_title_mask(terms, found, here) for terms in wanted])
    has &= here.kind_mask(beginning.kinds)
    # What has no language is for every reader.
    has &= np.isin(here.language, [0, name_code(beginning.language)])
    places = np.flatnonzero(has)
    is_name = here.kind_mask(beginning.name_kinds)[places]
    best = places[np.lexsort((-places, -here.day[places], ~is_name))][:limit]
    called = {name_code(kind): kind for kind in beginning.kinds}
    return [
        DocumentKey(called[kind], pk) for kind, pk in zip(here.kind[best].tolist(), here.pk[best].tolist(), strict=True)
    ]


def _possible_terms(word: tuple[str, str], words: Vocabulary, *, is_last: bool) -> set[str]:
    """The terms that a typed word may become."""
    written, own = word
    is_open = is_last or (len(written) > 1 and written not in words)
    return {own, *map(to_term, words.words_with_prefix(written, limit=MAX_COMPLETIONS) if is_open and written else ())}


def _title_mask(terms: set[str], found: dict[str, TermPostings], here: Columns) -> Array:
    has = np.zeros(len(here), dtype=bool)
    for post in (found[each] for each in terms if each in found):
        has[post.entries[post.title > 0]] = True
    return has
