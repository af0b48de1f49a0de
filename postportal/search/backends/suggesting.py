"""Titles with all words of a beginning, the last of which may not be finished."""

from collections.abc import Sequence

import numpy as np

from postportal.search.analysis import term
from postportal.search.backends.columns import Array, Columns, code, columns
from postportal.search.backends.interface import Beginning
from postportal.search.backends.reading import Posted, posted
from postportal.search.backends.vocabulary import vocabulary
from postportal.search.documents import Key

# Of the words that a beginning can become, the most frequent ones: reading the others would take as long as a search.
MOST_ENDINGS = 20


def begun(beginning: Beginning, *, limit: int) -> Sequence[Key]:
    here = columns()
    words = vocabulary().beginning(beginning.last, most=MOST_ENDINGS) if beginning.last else []
    endings = {beginning.ending, *map(term, words)}
    found = posted({*beginning.terms, *endings}, here, with_places=False)
    has = _in_titles(endings, found, here)
    for each in beginning.terms:
        has &= _in_titles({each}, found, here)
    kinds = here.entries["kind"]
    has &= np.isin(kinds, [code(kind) for kind in beginning.kinds])
    # What has no language is for every reader.
    has &= np.isin(here.entries["language"], [0, code(beginning.language)])
    places = np.flatnonzero(has)
    is_name = np.isin(kinds[places], [code(kind) for kind in beginning.names])
    best = places[np.lexsort((-places, -here.entries["day"][places].astype(np.int64), ~is_name))][:limit]
    called = {code(kind): kind for kind in beginning.kinds}
    return [Key(called[int(row["kind"])], int(row["pk"])) for row in here.entries[best]]


def _in_titles(terms: set[str], found: dict[str, Posted], here: Columns) -> Array:
    has = np.zeros(len(here.entries), dtype=bool)
    for post in (found[each] for each in terms if each in found):
        has[post.entries[post.title > 0]] = True
    return has
