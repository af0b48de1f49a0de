"""The words of all indexed texts in lower case, cached in the process. Only words that were added are read again."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from postportal.search.backends.block_format import Array
from postportal.search.models import Word, WriteLock

_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Vocabulary:
    """Words in ascending order, and roughly how often each occurs in titles."""

    epoch: int
    version: int
    words: list[str]
    titles: Array

    def with_words(self, rows: Iterable[tuple[str, int]], *, version: int) -> Self:
        """Return the vocabulary with these words and their numbers of titles. Some may be in it already."""
        titles = self.titles.copy()
        new: list[tuple[str, int]] = []
        ranks: list[int] = []
        for word, count in sorted(rows):
            rank = bisect_left(self.words, word)
            if self.words[rank : rank + 1] == [word]:
                titles[rank] = count
            else:
                new.append((word, count))
                ranks.append(rank)
        words = sorted([*self.words, *(word for word, _ in new)])
        return type(self)(self.epoch, version, words, np.insert(titles, ranks, [count for _, count in new]))

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

    def words_containing(self, part: str, *, limit: int) -> list[str]:
        """Return words of titles that contain the part, most frequent first. Reads all words, which are far fewer than
        titles."""
        ranks = np.array([rank for rank, word in enumerate(self.words) if part in word], dtype=np.int64)
        counts = self.titles[ranks]
        best = np.argsort(-counts, kind="stable")[:limit]
        return [self.words[ranks[place]] for place in best.tolist() if counts[place]]


def _empty(epoch: int) -> Vocabulary:
    return Vocabulary(epoch, -1, [], np.empty(0, dtype=np.int64))


_cached = _empty(0)


def current_vocabulary() -> Vocabulary:
    """Return the current vocabulary, reading the words that were added since this process last read them."""
    global _cached  # noqa: PLW0603 - one cache for each process
    epoch, version = WriteLock.objects.values_list("words_epoch", "words_version").first() or (0, 0)
    vocabulary = _cached
    if vocabulary.epoch != epoch or vocabulary.version > version:
        vocabulary = _empty(epoch)
    if vocabulary.version != version:
        added = _words_since(vocabulary.version)
        if vocabulary.words and all(word.version != vocabulary.version for word in added):
            # The transaction that had the cached version was rolled back, so lower ones may be new.
            vocabulary = _empty(epoch)
            added = _words_since(vocabulary.version)
        vocabulary = _cached = vocabulary.with_words(((word.text, word.titles) for word in added), version=version)
    return vocabulary


def _words_since(version: int) -> list[Any]:
    """Return the words of this version and of later ones."""
    return list(
        Word.objects.filter(version__gte=version).values_list("text", "titles", "version", named=True).order_by()
    )
