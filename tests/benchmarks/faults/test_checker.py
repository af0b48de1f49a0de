"""The checker finds every kind of loss: a check that cannot fail proves nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.faults.checker import broken_guarantees, percentile
from benchmarks.faults.stories import STORY_STEPS, Ledger, story_text

Change = Callable[[dict[str, Any]], Any]


def ledger(*, attempted: int = 3, acknowledged: int = 3, pictures: tuple[str, ...] = ()) -> Ledger:
    """Return a ledger with one story, of which so many steps were sent and acknowledged."""
    result = Ledger()
    story = result.start_story()
    story.attempted, story.acknowledged = list(STORY_STEPS[:attempted]), list(STORY_STEPS[:acknowledged])
    result.pictures = list(pictures)
    return result


def state(steps: int = 3) -> dict[str, Any]:
    """Return the report of a database in which so many steps of the story are stored."""
    version = min(steps, 2)
    texts = [story_text("s1", number) for number in range(1, version + 1)]
    row = {
        "title": "Story s1",
        "text": texts[-1] if texts else {},
        "revisions": texts,
        "is_published": steps == 3,
        "entries": int(steps == 3),
        "waiting": 0,
        "links": [f"/organizations/s1-{version}/"],
    }
    # The report comes from another process.
    return json.loads(json.dumps({"stories": [row] if steps else [], "pictures": [], "faults": []}))


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_acknowledged_and_stored_steps_break_no_guarantee(steps: int) -> None:
    assert broken_guarantees(ledger(attempted=steps, acknowledged=steps), state(steps)) == []


@pytest.mark.parametrize("steps", [0, 1, 2])
@pytest.mark.parametrize("stored", [0, 1])
def test_step_without_a_response_may_be_stored_or_not(steps: int, stored: int) -> None:
    assert broken_guarantees(ledger(attempted=steps + 1, acknowledged=steps), state(steps + stored)) == []


@pytest.mark.parametrize(
    ("steps", "stored", "error"),
    [
        (1, 0, "s1: acknowledged but missing"),
        (2, 1, "s1: differs from version 2: standfirst, body, tags, mentions"),
        (3, 2, "s1: published, but stored as (False, 0)"),
    ],
)
def test_lost_acknowledged_step_is_reported(steps: int, stored: int, error: str) -> None:
    assert broken_guarantees(ledger(attempted=steps, acknowledged=steps), state(stored)) == [error]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda row: row["text"]["tags"].pop(), "s1: differs from version 2: tags"),
        (lambda row: row["text"]["mentions"].pop(), "s1: differs from version 2: mentions"),
        (
            lambda row: row["text"].update(body=row["text"]["body"].replace("Paragraph 7", "")),
            "s1: differs from version 2: body",
        ),
        (lambda row: row["revisions"].pop(), "s1: 1 revisions instead of 2, or with different texts"),
        (lambda row: row["revisions"][0]["tags"].pop(), "s1: 2 revisions instead of 2, or with different texts"),
        (lambda row: row.update(entries=0), "s1: published, but stored as (True, 0)"),
        (lambda row: row.update(entries=2), "s1: published, but stored as (True, 2)"),
        (lambda row: row.update(links=[]), "s1: links are neither stored nor waiting in the outbox: []"),
    ],
)
def test_partial_save_is_reported(change: Change, error: str) -> None:
    stored = state()
    change(stored["stories"][0])

    assert broken_guarantees(ledger(), stored) == [error]


def test_links_may_wait_in_the_outbox() -> None:
    stored = state()
    stored["stories"][0].update(links=[], waiting=1)

    assert broken_guarantees(ledger(), stored) == []


def test_publication_without_a_response_is_complete_or_absent() -> None:
    stored = state(2)
    stored["stories"][0]["is_published"] = True

    assert broken_guarantees(ledger(acknowledged=2), stored) == ["s1: half published: (True, 0)"]


def test_duplicate_and_unknown_stories_are_reported() -> None:
    stored = state()
    stored["stories"] += [*state()["stories"], {**state()["stories"][0], "title": "Story s9"}]

    assert broken_guarantees(ledger(), stored) == ["s1: stored 2 times", "s9: was never sent"]


def test_lost_picture_and_database_problems_are_reported() -> None:
    stored = state() | {"faults": ["audit log: Entry 3 is missing."], "pictures": ["s3"]}

    broken = broken_guarantees(ledger(pictures=("s2", "s3")), stored)

    assert broken == ["audit log: Entry 3 is missing.", "picture s2: acknowledged but missing"]


@pytest.mark.parametrize(("share", "value"), [(50, 5.0), (95, 10.0), (99, 10.0), (10, 1.0), (0, 1.0)])
def test_percentile_is_one_of_the_values(share: int, value: float) -> None:
    assert percentile([float(number) for number in range(10, 0, -1)], share) == value


def test_percentile_of_no_values_is_zero() -> None:
    assert percentile([], 95) == 0
