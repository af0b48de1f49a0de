"""A checker that cannot fail proves nothing: each kind of loss is put before it."""

import io
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.faults.__main__ import time_limit
from benchmarks.faults.checker import broken_promises, percentile
from benchmarks.faults.load import fill_form
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.pictures import is_intact, random_png
from benchmarks.faults.portal import gunicorn_command
from benchmarks.faults.servers import MissingProgram, Redis
from benchmarks.faults.stories import STORY_STEPS, Ledger, story_text
from benchmarks.faults.visitor import fields_of

Change = Callable[[dict[str, Any]], Any]


def ledger(*, tried: int = 3, acknowledged: int = 3, pictures: tuple[str, ...] = ()) -> Ledger:
    """One story, of whose steps so many were sent and so many acknowledged."""
    found = Ledger()
    story = found.start_story()
    story.attempted, story.acknowledged = list(STORY_STEPS[:tried]), list(STORY_STEPS[:acknowledged])
    found.pictures = list(pictures)
    return found


def state(steps: int = 3) -> dict[str, Any]:
    """What the database holds of that story after so many steps."""
    version = min(steps, 2)
    said = [story_text("s1", number) for number in range(1, version + 1)]
    row = {
        "title": "Story s1",
        "text": said[-1] if said else {},
        "revisions": said,
        "is_published": steps == 3,
        "entries": int(steps == 3),
        "waiting": 0,
        "links": [f"/organizations/s1-{version}/"],
    }
    # As it comes from another process.
    return json.loads(json.dumps({"stories": [row] if steps else [], "pictures": [], "faults": []}))


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_what_was_acknowledged_and_is_there_breaks_no_promise(steps: int) -> None:
    assert broken_promises(ledger(tried=steps, acknowledged=steps), state(steps)) == []


@pytest.mark.parametrize("steps", [0, 1, 2])
@pytest.mark.parametrize("done", [0, 1])
def test_step_without_an_answer_may_be_done_or_not(steps: int, done: int) -> None:
    assert broken_promises(ledger(tried=steps + 1, acknowledged=steps), state(steps + done)) == []


@pytest.mark.parametrize(
    ("steps", "found", "said"),
    [
        (1, 0, "s1: acknowledged and not there"),
        (2, 1, "s1: not as version 2 was sent: standfirst, body, tags, mentions"),
        (3, 2, "s1: published, but found as (False, 0)"),
    ],
)
def test_step_that_was_acknowledged_and_is_lost_is_named(steps: int, found: int, said: str) -> None:
    assert broken_promises(ledger(tried=steps, acknowledged=steps), state(found)) == [said]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: row["text"]["tags"].pop(), "s1: not as version 2 was sent: tags"),
        (lambda row: row["text"]["mentions"].pop(), "s1: not as version 2 was sent: mentions"),
        (
            lambda row: row["text"].update(body=row["text"]["body"].replace("Paragraph 7", "")),
            "s1: not as version 2 was sent: body",
        ),
        (lambda row: row["revisions"].pop(), "s1: 1 revisions, not the 2 that were saved, or with other texts"),
        (
            lambda row: row["revisions"][0]["tags"].pop(),
            "s1: 2 revisions, not the 2 that were saved, or with other texts",
        ),
        (lambda row: row.update(entries=0), "s1: published, but found as (True, 0)"),
        (lambda row: row.update(entries=2), "s1: published, but found as (True, 2)"),
        (
            lambda row: row.update(links=[]),
            "s1: what follows from its save is neither done nor waiting: links []",
        ),
    ],
)
def test_half_of_a_save_is_no_save(change: Change, said: str) -> None:
    found = state()
    change(found["stories"][0])

    assert broken_promises(ledger(), found) == [said]


def test_what_follows_from_a_save_may_wait() -> None:
    found = state()
    found["stories"][0].update(links=[], waiting=1)

    assert broken_promises(ledger(), found) == []


def test_publication_without_an_answer_is_whole_or_not_at_all() -> None:
    found = state(2)
    found["stories"][0]["is_published"] = True

    assert broken_promises(ledger(acknowledged=2), found) == ["s1: half published: (True, 0)"]


def test_double_and_unknown_stories_are_named() -> None:
    found = state()
    found["stories"] += [*state()["stories"], {**state()["stories"][0], "title": "Story s9"}]

    assert broken_promises(ledger(), found) == ["s1: there 2 times", "s9: nobody has sent this"]


def test_lost_picture_and_faults_of_the_whole_are_named() -> None:
    found = state() | {"faults": ["audit log: Entry 3 is missing."], "pictures": ["s3"]}

    broken = broken_promises(ledger(pictures=("s2", "s3")), found)

    assert broken == ["audit log: Entry 3 is missing.", "picture s2: acknowledged and not there"]


def test_picture_that_was_cut_short_is_not_whole() -> None:
    picture = random_png()

    assert is_intact(io.BytesIO(picture))
    assert not is_intact(io.BytesIO(picture[: len(picture) // 2]))


@pytest.mark.parametrize(("share", "value"), [(50, 5.0), (95, 10.0), (99, 10.0), (10, 1.0), (0, 1.0)])
def test_percentile_is_a_value_that_was_measured(share: int, value: float) -> None:
    assert percentile([float(number) for number in range(10, 0, -1)], share) == value


def test_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 95) == 0


def test_table_names_what_is_broken() -> None:
    outcome = Outcome("kill", "SQLite", measured=["50 kills"], seconds=61.2)
    outcome.expect([], "Up again only after 9.0 s.")

    assert outcome.report_lines() == (
        "kill       SQLite      BROKEN     61 s\n    50 kills\n    ! Up again only after 9.0 s.\n"
    )


def test_fault_that_needs_a_program_that_is_not_there_is_skipped_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)

    with pytest.raises(MissingProgram) as missing:
        Redis(tmp_path)

    outcome = Outcome("cache", "SQLite", skipped=str(missing.value))
    assert outcome.report_lines() == "cache      SQLite      skipped     0 s\n    redis-server is not installed\n"


def test_limit_ends_what_hangs() -> None:
    with pytest.raises(TimeoutError, match="Not over"), time_limit(0.01):
        signal.pause()


def test_answer_that_may_not_be_given_breaks_a_promise() -> None:
    class Crowd:
        faults = ["Somebody stopped working: KeyError('csrftoken')"]

        def statuses(self) -> dict[str, int]:
            return {"200": 7, "500": 2, "503": 1}

    outcome = Outcome("writers", "SQLite")

    outcome.record_answers(Crowd(), may_fail={"503"})  # type: ignore[arg-type]

    assert outcome.broken == ["Somebody stopped working: KeyError('csrftoken')", "2 × 500"]
    assert outcome.measured == ["10 answers, 2 × 500, 1 × 503"]


def test_form_is_filled_as_a_browser_would() -> None:
    page = """
        <form><input name="q" value="other form"></form>
        <form><input type="hidden" name="_version" value="3"><textarea name="standfirst">\nOld &amp; long</textarea>
        <select name="language"><option value="en" selected>English<option value="zh">中文</select>
        <input type="checkbox" name="is_featured"><input name="mentions-__prefix__-label">
        <button name="_step" value="publish">Publish</button></form>"""

    assert fields_of(page, having="standfirst") == {
        "_version": ["3"],
        "standfirst": ["Old & long"],
        "language": ["en"],
    }
    story = ledger().stories[0]
    fields = fill_form(page, story, "edited", {"section": 4, "people": [7, 8], "organization": 9})
    assert (fields["_version"], fields["standfirst"]) == (["3"], ["Standfirst of s1, version 2."])
    assert [fields[f"mentions-{number}-label"][0] for number in range(3)] == story_text("s1", 2)["mentions"]


def test_what_is_tested_is_what_is_deployed() -> None:
    assert gunicorn_command()[:4] == ["gunicorn", "postportal.wsgi", "--worker-class", "gthread"]
