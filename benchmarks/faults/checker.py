"""Comparison of what the portal acknowledged with what it stored. Pure functions, so that tests can show that every
kind of loss is found."""

import math
from typing import Any

from benchmarks.faults.stories import Ledger, Story, Text, story_text

# A story in the database, from `probe.report`.
StoredStory = dict[str, Any]


def broken_guarantees(ledger: Ledger, state: dict[str, Any]) -> list[str]:
    """Return each broken guarantee in words. `state` is the `probe.report` of the database."""
    found: dict[str, list[StoredStory]] = {}
    for row in state["stories"]:
        found.setdefault(row["title"].removeprefix("Story "), []).append(row)
    broken = list(state["faults"])
    for story in ledger.stories:
        broken += [f"{story.token}: {error}" for error in _check_story(story, found.pop(story.token, []))]
    broken += [f"picture {name}: acknowledged but missing" for name in set(ledger.pictures) - set(state["pictures"])]
    return broken + [f"{token}: was never sent" for token in found]


def _check_story(story: Story, rows: list[StoredStory]) -> list[str]:
    if not rows:
        return ["acknowledged but missing"] if story.acknowledged else []
    if len(rows) > 1:
        return [f"stored {len(rows)} times"]
    if not story.attempted:
        return ["stored before it was sent"]
    [row] = rows
    return [*_check_text(story, row), *_check_step(story, row), *_check_outbox(row)]


def _check_text(story: Story, row: StoredStory) -> list[str]:
    """Check that the row has one complete version, not older than the acknowledged one, with a revision for each."""
    least, most = story.versions(story.acknowledged), story.versions(story.attempted)
    versions = range(max(least, 1), most + 1)
    stored = next((version for version in versions if row["text"] == story_text(story.token, version)), None)
    if stored is None:
        return [f"differs from version {' or '.join(map(str, versions))}: {_difference(story, row, most)}"]
    wanted = [story_text(story.token, version) for version in range(1, stored + 1)]
    if row["revisions"] != wanted:
        return [f"{len(row['revisions'])} revisions instead of {stored}, or with different texts"]
    return []


def _difference(story: Story, row: StoredStory, version: int) -> str:
    wanted: Text = story_text(story.token, version)
    return ", ".join(name for name in wanted if row["text"][name] != wanted[name])


def _check_step(story: Story, row: StoredStory) -> list[str]:
    """Check that the story is published with an audit log entry, or neither."""
    found = (row["is_published"], row["entries"])
    if "published" in story.acknowledged:
        return [] if found == (True, 1) else [f"published, but stored as {found}"]
    if "published" in story.attempted:
        return [] if found in {(True, 1), (False, 0)} else [f"half published: {found}"]
    return [] if found == (False, 0) else [f"never published, but stored as {found}"]


def _check_outbox(row: StoredStory) -> list[str]:
    """Check that the links of the text are stored, or that an outbox event is waiting."""
    wanted = [part.partition('"')[0] for part in row["text"]["body"].split('href="')[1:]]
    if row["waiting"] or row["links"] == wanted:
        return []
    return [f"links are neither stored nor waiting in the outbox: {row['links']}"]


def percentile(values: list[float], share: float) -> float:
    """Return the nearest-rank percentile, or 0 if there are no values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share / 100) - 1)] if ordered else 0.0
