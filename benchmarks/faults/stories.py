"""Stories that are written during a fault. Each text names its story and version, so that the stored text can be
compared with the one that was sent, and a partial save is noticed."""

import datetime as dt
import itertools
from dataclasses import dataclass, field
from typing import Any

PARAGRAPHS = 12
DATELINE = dt.date(2026, 3, 2)
PEOPLE = ("Anna Ferry", "Jonas Quay")
ORGANIZATION = "Harbour Post"
# Names mentioned in stories, in alphabetical order.
MENTIONED_NAMES = (PEOPLE[0], ORGANIZATION, PEOPLE[1])
# The steps of an editor with a story, in order.
STORY_STEPS = ("added", "edited", "published")

Text = dict[str, Any]


def story_text(token: str, version: int) -> Text:
    """Return fields, tags and mentions of a version. The second version has one mention more than the first."""
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
    """Return the path of the published story."""
    return f"/news/{DATELINE:%Y/%m/%d}/story-{token}/"


@dataclass
class Story:
    """The steps of a story that were sent, and those that the portal acknowledged."""

    token: str
    pk: str = ""
    attempted: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    @property
    def next_step(self) -> str:
        """Return the next step, or "" after a missing response: the state of the story is then unknown."""
        is_known = self.attempted == self.acknowledged and len(self.attempted) < len(STORY_STEPS)
        return STORY_STEPS[len(self.attempted)] if is_known else ""

    def versions(self, steps: list[str]) -> int:
        return sum(step != "published" for step in steps)


class Ledger:
    """All stories of a run. Each thread changes only the stories that it has started."""

    def __init__(self) -> None:
        self.stories: list[Story] = []
        # Alternative texts of the acknowledged pictures.
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
