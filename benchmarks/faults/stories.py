"""The texts that are written while things break. Each says which one it is, so that whatever is found can be checked
against what was sent, and half of a save cannot pass for the whole."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

PARAGRAPHS = 12
DATELINE = dt.date(2026, 3, 2)
PEOPLE = ("Anna Ferry", "Jonas Quay")
ORGANIZATION = "Harbour Post"
# Whom stories mention, in the order of the alphabet.
MENTIONED_NAMES = (PEOPLE[0], ORGANIZATION, PEOPLE[1])
# What an editor does with a story, one after the other.
STORY_STEPS = ("added", "edited", "published")

Text = dict[str, Any]


def story_text(token: str, version: int) -> Text:
    """What the story says in this version: fields, tags and inline rows. The second version has one row more."""
    link = f'<p><a href="/organizations/{token}-{version}/">more</a></p>'
    body = "".join(f"<p>Paragraph {number} of {token}, version {version}.</p>\n" for number in range(PARAGRAPHS))
    return {
        "title": f"Story {token}",
        "standfirst": f"Standfirst of {token}, version {version}.",
        "body": body + link,
        "tags": sorted([f"{token} tag {version}", f"round {version}"]),
        "mentions": [f"{token} {name} {version}" for name in MENTIONED_NAMES[: version + 1]],
    }


def story_path(token: str) -> str:
    """Where readers find the story once it is published."""
    return f"/news/{DATELINE:%Y/%m/%d}/story-{token}/"


@dataclass
class Story:
    """What was sent of one story, and what the portal said to it."""

    token: str
    pk: str = ""
    attempted: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    @property
    def next_step(self) -> str:
        """Nothing more once an answer did not come: nobody knows what such a story says."""
        is_known = self.attempted == self.acknowledged and len(self.attempted) < len(STORY_STEPS)
        return STORY_STEPS[len(self.attempted)] if is_known else ""

    def versions(self, steps: list[str]) -> int:
        return sum(step != "published" for step in steps)


class Ledger:
    """Every story of a run. Threads take stories from here and write into their own only."""

    def __init__(self) -> None:
        self.stories: list[Story] = []
        # The texts of pictures that were acknowledged.
        self.pictures: list[str] = []
        self._numbers = itertools.count(1)

    def new_name(self) -> str:
        return f"s{next(self._numbers)}"

    def start_story(self) -> Story:
        story = Story(token=self.new_name())
        self.stories.append(story)
        return story

    def acknowledged(self) -> int:
        return len(self.pictures) + sum(len(story.acknowledged) for story in self.stories)

    def published(self) -> list[Story]:
        return [story for story in self.stories if "published" in story.acknowledged]
