"""Titles with all words of a beginning, finished or not."""

from collections.abc import Sequence

import numpy as np

from postportal.search.analysis import term
from postportal.search.backends.block_format import Array, code
from postportal.search.backends.columns import Columns, columns
from postportal.search.backends.interface import Beginning
from postportal.search.backends.posting_reader import Posted, posted
from postportal.search.backends.vocabulary import Vocabulary, vocabulary
from postportal.search.documents import Key

# Of the words that a beginning can become, the most frequent ones: reading the others would take as long as a search.
MOST_ENDINGS = 20


def begun(beginning: Beginning, *, limit: int) -> Sequence[Key]:
    here = columns()
    words = vocabulary()
    wanted = [_meant(word, words, is_last=False) for word in beginning.finished]
    wanted.append(_meant(beginning.last, words, is_last=True))
    found = posted(set().union(*wanted), here, with_places=False)
    has = np.logical_and.reduce([_in_titles(terms, found, here) for terms in wanted])
    has &= here.of_kinds(beginning.kinds)
    # What has no language is for every reader.
    has &= np.isin(here.language, [0, code(beginning.language)])
    places = np.flatnonzero(has)
    is_name = here.of_kinds(beginning.names)[places]
    best = places[np.lexsort((-places, -here.day[places], ~is_name))][:limit]
    called = {code(kind): kind for kind in beginning.kinds}
    return [Key(called[kind], pk) for kind, pk in zip(here.kind[best].tolist(), here.pk[best].tolist(), strict=True)]


def _meant(word: tuple[str, str], words: Vocabulary, *, is_last: bool) -> set[str]:
    """The terms that a typed word may become."""
    written, own = word
    is_open = is_last or (len(written) > 1 and written not in words)
    return {own, *map(term, words.beginning(written, most=MOST_ENDINGS) if is_open and written else ())}


def _in_titles(terms: set[str], found: dict[str, Posted], here: Columns) -> Array:
    has = np.zeros(len(here), dtype=bool)
    for post in (found[each] for each in terms if each in found):
        has[post.entries[post.title > 0]] = True
    return has
