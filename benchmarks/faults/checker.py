"""Which promises were broken: what the portal acknowledged, held against what is there. Pure, so that a test can show
that it finds each kind of loss."""

import math
from typing import Any

from benchmarks.faults.stories import Ledger, Story, Text, story_text

# What is there of a story; `inside.look` fills it.
StoredStory = dict[str, Any]


def broken_promises(ledger: Ledger, state: dict[str, Any]) -> list[str]:
    """Return each broken promise in words. `state` is what `inside.look` found in the whole database."""
    found: dict[str, list[StoredStory]] = {}
    for row in state["stories"]:
        found.setdefault(row["title"].removeprefix("Story "), []).append(row)
    broken = list(state["faults"])
    for story in ledger.stories:
        broken += [f"{story.token}: {what}" for what in _check_story(story, found.pop(story.token, []))]
    broken += [f"picture {name}: acknowledged and not there" for name in set(ledger.pictures) - set(state["pictures"])]
    return broken + [f"{token}: nobody has sent this" for token in found]


def _check_story(story: Story, rows: list[StoredStory]) -> list[str]:
    if not rows:
        return ["acknowledged and not there"] if story.acknowledged else []
    if len(rows) > 1:
        return [f"there {len(rows)} times"]
    if not story.attempted:
        return ["there before it was sent"]
    [row] = rows
    return [*_check_text(story, row), *_check_step(story, row), *_check_outbox(row)]


def _check_text(story: Story, row: StoredStory) -> list[str]:
    """The row says one version whole, at least the acknowledged one, and each version has its revision."""
    least, most = story.versions(story.acknowledged), story.versions(story.attempted)
    versions = range(max(least, 1), most + 1)
    stored = next((version for version in versions if row["text"] == story_text(story.token, version)), None)
    if stored is None:
        return [f"not as version {' or '.join(map(str, versions))} was sent: {_difference(story, row, most)}"]
    wanted = [story_text(story.token, version) for version in range(1, stored + 1)]
    if row["revisions"] != wanted:
        return [f"{len(row['revisions'])} revisions, not the {stored} that were saved, or with other texts"]
    return []


def _difference(story: Story, row: StoredStory, version: int) -> str:
    wanted: Text = story_text(story.token, version)
    return ", ".join(name for name in wanted if row["text"][name] != wanted[name])


def _check_step(story: Story, row: StoredStory) -> list[str]:
    """Published with its entry in the audit log, or neither."""
    signs = (row["is_published"], row["entries"])
    if "published" in story.acknowledged:
        return [] if signs == (True, 1) else [f"published, but found as {signs}"]
    if "published" in story.attempted:
        return [] if signs in {(True, 1), (False, 0)} else [f"half published: {signs}"]
    return [] if signs == (False, 0) else [f"never published, but found as {signs}"]


def _check_outbox(row: StoredStory) -> list[str]:
    """What follows from a save is done, or waits as an event."""
    wanted = [part.partition('"')[0] for part in row["text"]["body"].split('href="')[1:]]
    if row["waiting"] or row["links"] == wanted:
        return []
    return [f"what follows from its save is neither done nor waiting: links {row['links']}"]


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile; 0 where nothing was measured."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0
