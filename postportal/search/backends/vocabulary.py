"""The words of all indexed texts in lower case, cached in the process until a word is added."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from postportal.search.backends.block_format import Array
from postportal.search.models import Word, WriteLock

_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Vocabulary:
    """Words in ascending order, and roughly how often each occurs in titles."""

    version: int
    words: list[str]
    titles: Array

    def __contains__(self, word: str) -> bool:
        """Return True if a title contains exactly this word."""
        rank = bisect_left(self.words, word)
        return rank < len(self.words) and self.words[rank] == word and bool(self.titles[rank])

    def words_with_prefix(self, prefix: str, *, limit: int) -> list[str]:
        """Return words of titles that begin with the prefix, most frequent first."""
        start, end = bisect_left(self.words, prefix), bisect_left(self.words, prefix + _LAST_CHARACTER)
        counts = self.titles[start:end]
        best = np.argsort(-counts, kind="stable")[:limit]
        return [self.words[start + rank] for rank in best.tolist() if counts[rank]]


_cached = Vocabulary(0, [], np.empty(0, dtype=np.int64))


def current_vocabulary() -> Vocabulary:
    """Return the current vocabulary, reading it again if words were added."""
    global _cached  # noqa: PLW0603 - one cache for each process
    version = WriteLock.objects.values_list("words_version", flat=True).first() or 0
    vocabulary = _cached
    if vocabulary.version != version:
        rows = sorted(Word.objects.values_list("text", "titles").order_by())
        titles = np.array([titles for _, titles in rows], dtype=np.int64)
        vocabulary = _cached = Vocabulary(version, [text for text, _ in rows], titles)
    return vocabulary
