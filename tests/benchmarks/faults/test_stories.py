"""Stories of the fault tests, and the ledger of what was acknowledged."""

from benchmarks.faults.stories import STORY_STEPS, Ledger, Story, story_path, story_text


def test_versions_differ_in_every_part_but_the_title() -> None:
    first, second = story_text("s1", 1), story_text("s1", 2)

    assert [name for name in first if first[name] == second[name]] == ["title"]
    assert len(second["mentions"]) == len(first["mentions"]) + 1


def test_next_step_is_known_only_while_every_step_is_acknowledged() -> None:
    assert Story("s1").next_step == "added"
    assert Story("s1", attempted=["added"], acknowledged=["added"]).next_step == "edited"
    assert Story("s1", attempted=["added", "edited"], acknowledged=["added"]).next_step == ""
    assert Story("s1", attempted=list(STORY_STEPS), acknowledged=list(STORY_STEPS)).next_step == ""


def test_ledger_counts_acknowledged_steps_and_pictures() -> None:
    ledger = Ledger()
    first, second = ledger.start_story(), ledger.start_story()
    first.acknowledged = list(STORY_STEPS)
    ledger.pictures = [ledger.new_name()]

    assert (first.token, second.token, ledger.pictures) == ("s1", "s2", ["s3"])
    assert (ledger.acknowledged(), ledger.published()) == (4, [first])


def test_path_contains_the_date_and_the_token() -> None:
    assert story_path("s1") == "/news/2026/03/02/story-s1/"
