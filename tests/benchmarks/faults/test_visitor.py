"""The minimal browser of the fault tests."""

import pytest

from benchmarks.faults.portal import free_port
from benchmarks.faults.visitor import NO_ANSWER, Visitor, fields_of

PAGE = """
    <form><input name="q" value="other form"></form>
    <form><input type="hidden" name="_version" value="3"><textarea name="standfirst">\nOld &amp; long</textarea>
    <select name="language"><option value="en" selected>English<option value="zh">中文</select>
    <input type="checkbox" name="is_featured"><input name="mentions-__prefix__-label">
    <button name="_step" value="publish">Publish</button></form>"""


def test_fields_are_those_a_browser_would_submit() -> None:
    assert fields_of(PAGE, having="standfirst") == {
        "_version": ["3"],
        "standfirst": ["Old & long"],
        "language": ["en"],
    }


def test_page_without_the_form_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="0 forms have a field reason"):
        fields_of(PAGE, having="reason")


def test_refused_connection_is_no_answer() -> None:
    assert Visitor(free_port()).get("/") == NO_ANSWER
