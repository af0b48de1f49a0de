"""What readers ask. No question comes twice, so that no cache answers instead of the search."""

import random
from collections.abc import Iterator, Sequence
from urllib.parse import quote_plus

Article = tuple[str, str, str]


class RequestGenerator:
    """Made of the words of the archive, so that common words are asked for more often, as readers do."""

    def __init__(self, articles: Sequence[Article], *, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - not for secrets
        self._words = [word.strip(".,").lower() for _, _, text in articles for word in text.split()]
        self._pages = [address for _, address, _ in articles]
        self._asked: set[str] = set()

    def short(self) -> Iterator[str]:
        return self._addresses("/search/?q={}", least=1, most=3)

    def long(self) -> Iterator[str]:
        return self._addresses("/search/?q={}", least=8, most=12)

    def second_page(self) -> Iterator[str]:
        # Two words at least: one rare word alone fills no second page.
        return self._addresses("/search/?q={}&page=2", least=2, most=3)

    def suggestions(self) -> Iterator[str]:
        while True:
            word = self._chance.choice(self._words)
            text = " ".join(
                [*self._chance.choices(self._words, k=self._chance.randint(0, 1)), word[: len(word) // 2 + 1]]
            )
            yield from self._new("/search/suggestions/?q={}", text)

    def pages(self) -> Iterator[str]:
        yield from self._pages

    def lists(self) -> Iterator[str]:
        yield from (f"/news/?page={number}" for number in range(1, 10_000))

    def _addresses(self, address: str, *, least: int, most: int) -> Iterator[str]:
        while True:
            yield from self._new(
                address, " ".join(self._chance.choices(self._words, k=self._chance.randint(least, most)))
            )

    def _new(self, address: str, text: str) -> Iterator[str]:
        found = address.format(quote_plus(text))
        if found not in self._asked:
            self._asked.add(found)
            yield found
