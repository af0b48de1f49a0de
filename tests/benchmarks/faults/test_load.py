"""Editors and readers of the fault tests."""

import pytest

from benchmarks.faults.load import _step_path, _time_request, fill_form
from benchmarks.faults.stories import Story, story_text
from benchmarks.faults.visitor import NO_ANSWER, Answer

FORM = """
    <form><input type="hidden" name="_version" value="3"><input name="standfirst" value="Old">
    <input name="mentions-__prefix__-label"></form>"""


def test_form_is_filled_with_the_text_of_the_version() -> None:
    keys = {"section": 4, "people": [7, 8], "organization": 9}

    fields = fill_form(FORM, Story("s1"), "edited", keys)

    assert (fields["_version"], fields["standfirst"]) == (["3"], ["Standfirst of s1, version 2."])
    assert [fields[f"mentions-{number}-label"][0] for number in range(3)] == story_text("s1", 2)["mentions"]


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ("added", "/admin/news/article/add/"),
        ("edited", "/admin/news/article/5/change/"),
        ("published", "/admin/news/article/5/step/force/"),
    ],
)
def test_path_of_a_step(step: str, path: str) -> None:
    assert _step_path(Story("s1", pk="5"), step) == path


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (NO_ANSWER, "no response"),
        (Answer(503, {}, ""), "503 without Retry-After"),
        (Answer(503, {"retry-after": "5"}, ""), "503"),
        (Answer(302, {}, ""), "302"),
    ],
)
def test_status_of_a_response_is_recorded(answer: Answer, status: str) -> None:
    replies: list[object] = []

    _time_request(replies, "added", lambda: answer)  # type: ignore[arg-type]

    assert [(reply.status, reply.action) for reply in replies] == [(status, "added")]  # type: ignore[attr-defined]
