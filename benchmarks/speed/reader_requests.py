"""URLs that readers request. No search is repeated, so that no cache answers instead."""

import random
from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus

Article = tuple[str, str, str]


class RequestGenerator:
    """Searches for words of the archive, where common words are searched for more often."""

    def __init__(self, articles: Sequence[Article], *, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._words = [word.strip(".,").lower() for _, _, text in articles for word in text.split()]
        self._pages = [url for _, url, _ in articles]
        self._used: set[str] = set()

    def short(self) -> Iterator[str]:
        return self._searches("/search/?q={}", min_words=1, max_words=3)

    def long(self) -> Iterator[str]:
        return self._searches("/search/?q={}", min_words=8, max_words=12)

    def second_page(self) -> Iterator[str]:
        # At least two words: a single rare word has no second page.
        return self._searches("/search/?q={}&page=2", min_words=2, max_words=3)

    def suggestions(self) -> Iterator[str]:
        while True:
            word = self._random.choice(self._words)
            whole_words = self._random.choices(self._words, k=self._random.randint(0, 1))
            yield from self._unused("/search/suggestions/?q={}", " ".join([*whole_words, word[: len(word) // 2 + 1]]))

    def pages(self) -> Iterator[str]:
        yield from self._pages

    def lists(self) -> Iterator[str]:
        yield from (f"/news/?page={number}" for number in range(1, 10_000))

    def _searches(self, pattern: str, *, min_words: int, max_words: int) -> Iterator[str]:
        while True:
            words = self._random.choices(self._words, k=self._random.randint(min_words, max_words))
            yield from self._unused(pattern, " ".join(words))

    def _unused(self, pattern: str, text: str) -> Iterator[str]:
        """Yield the URL unless it has been used before."""
        url = pattern.format(quote_plus(text))
        if url not in self._used:
            self._used.add(url)
            yield url
