"""The words of the archive as they are written, small, kept in the process as long as none is added."""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from postportal.search.backends.block_format import Array
from postportal.search.models import Word, WriteLock

_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Vocabulary:
    """Words in the order of their characters, and in how many titles each was written, roughly."""

    version: int
    words: list[str]
    titles: Array

    def __contains__(self, word: str) -> bool:
        """True where a title has just this word."""
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place] == word and bool(self.titles[place])

    def words_with_prefix(self, prefix: str, *, limit: int) -> list[str]:
        """The words of titles that begin so, the most frequent first."""
        start, end = bisect_left(self.words, prefix), bisect_left(self.words, prefix + _LAST_CHARACTER)
        often = self.titles[start:end]
        best = np.argsort(-often, kind="stable")[:limit]
        return [self.words[start + place] for place in best.tolist() if often[place]]


_cached = Vocabulary(0, [], np.empty(0, dtype=np.int64))


def current_vocabulary() -> Vocabulary:
    """All words, read again when some were added."""
    global _cached  # noqa: PLW0603 - one cache for each process
    version = WriteLock.objects.values_list("words_version", flat=True).first() or 0
    kept = _cached
    if kept.version != version:
        rows = sorted(Word.objects.values_list("text", "titles").order_by())
        titles = np.array([titles for _, titles in rows], dtype=np.int64)
        kept = _cached = Vocabulary(version, [text for text, _ in rows], titles)
    return kept
