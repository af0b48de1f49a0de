"""Generated articles for the benchmark, some in Chinese and a few under embargo. They are the same in every run."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.generate_articles import articles as english
from benchmarks.generate_articles import names_in_articles

SEED = 1
# One in so many articles is in Chinese, and one in so many is under embargo.
CHINESE_EVERY = 10
HIDDEN_EVERY = 100
EMBARGO = dt.datetime(2090, 1, 1, 9, tzinfo=dt.UTC)
_CHARACTERS = [chr(0x4E00 + 7 * number) for number in range(2500)]
# The number of Chinese words, and the percentage of words of each length.
_VOCABULARY_SIZE = 12_000
_LENGTHS, _PERCENTAGES = (1, 2, 3, 4), (10, 70, 14, 6)


def articles(count: int) -> Iterator[dict[str, Any]]:
    """Yield articles in the import format."""
    # Not for secrets.
    source = random.Random(SEED)  # noqa: S311
    lengths = source.choices(_LENGTHS, _PERCENTAGES, k=_VOCABULARY_SIZE)
    words = ["".join(source.choices(_CHARACTERS, k=length)) for length in lengths]
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(_VOCABULARY_SIZE)))

    def chinese(length: int) -> str:
        return "".join(source.choices(words, cum_weights=weights, k=length))[:length]

    for number, article in enumerate(english(count, seed=SEED, html=True)):
        if number % CHINESE_EVERY == 3:
            paragraphs = [f"<p>{chinese(90)}。{chinese(60)}。</p>" for _ in range(4)]
            article |= {"title": chinese(12), "standfirst": f"{chinese(30)}。", "body": "".join(paragraphs)}
            article["language"] = "zh-hans"
        if number % HIDDEN_EVERY == 7:
            article["published"] = (EMBARGO + dt.timedelta(minutes=number)).isoformat()
        yield article


def made_up_names() -> tuple[list[str], list[str]]:
    """Return the names of people and organizations in the articles."""
    return names_in_articles(seed=SEED)
