"""Articles of a made-up archive: words that come as often as words do (Zipf), some of them in Chinese, a few under
embargo. The same seed gives the same articles."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import Any

from benchmarks.generate_articles import articles as english
from benchmarks.generate_articles import names_in_articles

SEED = 1
# Of so many articles one is in Chinese, and one is not to be seen yet.
CHINESE_EVERY = 10
HIDDEN_EVERY = 100
EMBARGO = dt.datetime(2090, 1, 1, 9, tzinfo=dt.UTC)
_CHARACTERS = [chr(0x4E00 + 7 * number) for number in range(2500)]
# Words of Chinese: how many, and of how many characters they are (most have two).
_WORDS = 12_000
_LENGTHS, _SHARES = (1, 2, 3, 4), (10, 70, 14, 6)


def articles(count: int) -> Iterator[dict[str, Any]]:
    # Not for secrets.
    chance = random.Random(SEED)  # noqa: S311
    lengths = chance.choices(_LENGTHS, _SHARES, k=_WORDS)
    words = ["".join(chance.choices(_CHARACTERS, k=length)) for length in lengths]
    weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(_WORDS)))

    def chinese(length: int) -> str:
        return "".join(chance.choices(words, cum_weights=weights, k=length))[:length]

    for number, article in enumerate(english(count, seed=SEED, html=True)):
        if number % CHINESE_EVERY == 3:
            paragraphs = [f"<p>{chinese(90)}。{chinese(60)}。</p>" for _ in range(4)]
            article |= {"title": chinese(12), "standfirst": f"{chinese(30)}。", "body": "".join(paragraphs)}
            article["language"] = "zh-hans"
        if number % HIDDEN_EVERY == 7:
            article["published"] = (EMBARGO + dt.timedelta(minutes=number)).isoformat()
        yield article


def made_up_names() -> tuple[list[str], list[str]]:
    """The people and organizations that the articles name."""
    return names_in_articles(seed=SEED)
