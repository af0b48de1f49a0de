#!/usr/bin/env python3
"""Write generated articles as lines for `manage.py import_articles`.

    python benchmarks/generate_articles.py 10000 > articles.jsonl

The same number and seed give the same articles. The frequency of words follows Zipf's law, as in a natural language, so
that indexes and searches behave as with a real archive.
"""

import argparse
import datetime as dt
import itertools
import json
import random
import sys
from collections.abc import Iterator
from typing import Any

VOCABULARY_SIZE = 30_000
SECTIONS = ("News", "Messages", "Postman Story", "Postal Equipments")
SOURCES = ("Harbour Post", "Harbour Post News", "Coastal Gazette", "Union of Posts", "Night Mail")
FIRST_DAY = dt.datetime(1995, 1, 1, 9, tzinfo=dt.UTC)
DAYS = 11_000
_ONSETS = (*"bcdfghjklmnprstvw", "br", "ch", "gr", "pl", "st", "tr")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("", "n", "r", "s", "l", "t", "nd", "st", "m")


class TextGenerator:
    """Text in a generated vocabulary. The nth word is n times rarer than the first."""

    def __init__(self, random_source: random.Random) -> None:
        self.random = random_source
        words: dict[str, None] = {}
        while len(words) < VOCABULARY_SIZE:
            syllables = 1 + min(len(words) // 400, 1) + (self.random.random() < 0.5)
            words["".join(self._syllable() for _ in range(syllables))] = None
        self.vocabulary = list(words)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY_SIZE)))

    def words(self, count: int) -> list[str]:
        return self.random.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def sentence(self) -> str:
        return " ".join(self.words(self.random.randint(6, 22))).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 6)))

    def name(self) -> str:
        return " ".join(word.capitalize() for word in self.random.sample(self.vocabulary[500:5000], 2))

    def _syllable(self) -> str:
        return "".join(map(self.random.choice, (_ONSETS, _VOWELS, _ENDS)))


def articles(count: int, *, seed: int, html: bool) -> Iterator[dict[str, Any]]:
    """Yield articles in the import format, with the body as HTML or as plain text."""
    # Not for secrets: the same seed must give the same file.
    source = random.Random(seed)  # noqa: S311
    text = TextGenerator(source)
    people, organizations = _names(text)
    tags = text.vocabulary[100:400]
    for number in range(1, count + 1):
        paragraphs = [text.paragraph() for _ in range(source.randint(2, 8))]
        paragraphs[0] = f"{source.choice(people)} of {source.choice(organizations)} spoke. {paragraphs[0]}"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) if html else "\n\n".join(paragraphs)
        yield {
            "external_id": f"made-up-{number}",
            "title": " ".join(text.words(source.randint(4, 12))).capitalize(),
            "standfirst": text.sentence(),
            "body": body,
            "published": (FIRST_DAY + dt.timedelta(days=DAYS * number / count)).isoformat(),
            "section": source.choice(SECTIONS),
            "source": source.choice(SOURCES),
            "tags": source.sample(tags, source.randint(0, 4)),
            "people": source.sample(people, source.randint(0, 2)),
            "organizations": source.sample(organizations, source.randint(0, 1)),
            "language": "en",
        }


def names_in_articles(*, seed: int) -> tuple[list[str], list[str]]:
    """Return the names of people and organizations in the articles of this seed."""
    return _names(TextGenerator(random.Random(seed)))  # noqa: S311


def _names(text: TextGenerator) -> tuple[list[str], list[str]]:
    return [text.name() for _ in range(200)], [f"{text.name()} Post" for _ in range(50)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="number of articles")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other articles")
    parser.add_argument("--plain", action="store_true", help="write bodies as plain text instead of HTML")
    options = parser.parse_args()
    for article in articles(options.count, seed=options.seed, html=not options.plain):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
