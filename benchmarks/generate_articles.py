#!/usr/bin/env python3
"""Write made-up articles as lines for `manage.py import_articles`.

    python benchmarks/generate_articles.py 10000 > articles.jsonl

The same number and seed give the same articles. Words are as common as those of a language are (Zipf's law), so that
indexes and searches meet what they would meet in a real archive.
"""

import argparse
import datetime as dt
import itertools
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

VOCABULARY = 30_000
SECTIONS = ("News", "Messages", "Postman Story", "Postal Equipments")
SOURCES = ("Harbour Post", "Harbour Post News", "Coastal Gazette", "Union of Posts", "Night Mail")
FIRST_DAY = dt.datetime(1995, 1, 1, 9, tzinfo=dt.UTC)
DAYS = 11_000
_ONSETS = (*"bcdfghjklmnprstvw", "br", "ch", "gr", "pl", "st", "tr")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("", "n", "r", "s", "l", "t", "nd", "st", "m")


class Words:
    """A made-up vocabulary; the nth word is n times rarer than the first."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            syllables = 1 + min(len(words) // 400, 1) + (chance.random() < 0.5)
            words["".join(self._syllable() for _ in range(syllables))] = None
        self.words = list(words)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))

    def some(self, count: int) -> list[str]:
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        return " ".join(self.some(self.chance.randint(6, 22))).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 6)))

    def name(self) -> str:
        return " ".join(word.capitalize() for word in self.chance.sample(self.words[500:5000], 2))

    def _syllable(self) -> str:
        return "".join(map(self.chance.choice, (_ONSETS, _VOWELS, _ENDS)))


def articles(count: int, *, seed: int, html: bool) -> Iterator[dict[str, Any]]:
    # Not for secrets: the same seed must give the same file.
    chance = random.Random(seed)  # noqa: S311
    words = Words(chance)
    people, organizations = _names(words)
    tags = words.words[100:400]
    for number in range(1, count + 1):
        paragraphs = [words.paragraph() for _ in range(chance.randint(2, 8))]
        paragraphs[0] = f"{chance.choice(people)} of {chance.choice(organizations)} spoke. {paragraphs[0]}"
        body = "".join(f"<p>{text}</p>" for text in paragraphs) if html else "\n\n".join(paragraphs)
        yield {
            "external_id": f"made-up-{number}",
            "title": " ".join(words.some(chance.randint(4, 12))).capitalize(),
            "standfirst": words.sentence(),
            "body": body,
            "published": (FIRST_DAY + dt.timedelta(days=DAYS * number / count)).isoformat(),
            "section": chance.choice(SECTIONS),
            "source": chance.choice(SOURCES),
            "tags": chance.sample(tags, chance.randint(0, 4)),
            "people": chance.sample(people, chance.randint(0, 2)),
            "organizations": chance.sample(organizations, chance.randint(0, 1)),
            "language": "en",
        }


def names_in_articles(*, seed: int) -> tuple[list[str], list[str]]:
    """The people and organizations that the articles of this seed name."""
    return _names(Words(random.Random(seed)))  # noqa: S311


def _names(words: Words) -> tuple[list[str], list[str]]:
    return [words.name() for _ in range(200)], [f"{words.name()} Post" for _ in range(50)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="bodies as plain text instead of HTML")
    options = parser.parse_args()
    for article in articles(options.count, seed=options.seed, html=not options.plain):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
