"""Find titles that complete what a reader is typing."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from postportal.search.analysis import to_term
from postportal.search.backends.block_format import Array, name_code
from postportal.search.backends.columns import Columns, current_columns
from postportal.search.backends.interface import Prefix
from postportal.search.backends.posting_reader import TermPostings, load_postings
from postportal.search.backends.vocabulary import Vocabulary, current_vocabulary
from postportal.search.documents import DocumentKey

# Only the most frequent completions of a word are read: reading all of them would take as long as a search.
MAX_COMPLETIONS = 20


def completions(prefix: Prefix, *, limit: int) -> Sequence[DocumentKey]:
    """Return the rows whose titles have all words of the prefix: names first, then the newest."""
    columns = current_columns()
    vocabulary = current_vocabulary()
    terms_of_words = [_possible_terms(word, vocabulary, is_last=False) for word in prefix.whole_words]
    terms_of_words.append(_possible_terms(prefix.last_word, vocabulary, is_last=True))
    postings = load_postings(set().union(*terms_of_words), columns, with_places=False)
    mask = np.logical_and.reduce([title_mask(terms, postings, columns) for terms in terms_of_words])
    mask &= columns.kind_mask(prefix.kinds)
    # Entries without a language are for readers of every language.
    mask &= np.isin(columns.language, [0, name_code(prefix.language)])
    entries = np.flatnonzero(mask)
    is_name = columns.kind_mask(prefix.name_kinds)[entries]
    best = entries[np.lexsort((-entries, -columns.day[entries], ~is_name))][:limit]
    kind_of_code = {name_code(kind): kind for kind in prefix.kinds}
    codes, pks = columns.kind[best].tolist(), columns.pk[best].tolist()
    return [DocumentKey(kind_of_code[code], pk) for code, pk in zip(codes, pks, strict=True)]


def _possible_terms(word: tuple[str, str], vocabulary: Vocabulary, *, is_last: bool) -> set[str]:
    """Return the terms of a typed word and of its completions. Only the last word, and words that no title has, are
    completed."""
    written, term = word
    is_open = is_last or (len(written) > 1 and written not in vocabulary)
    completed = vocabulary.words_with_prefix(written, limit=MAX_COMPLETIONS) if is_open and written else ()
    return {term, *map(to_term, completed)}


def title_mask(terms: Collection[str], postings: Mapping[str, TermPostings], columns: Columns) -> Array:
    """Return a mask of the entries with one of the terms in a title."""
    mask = np.zeros(len(columns), dtype=bool)
    for posting in (postings[term] for term in terms if term in postings):
        mask[posting.entries[posting.title > 0]] = True
    return mask
