"""Slices of a file: nothing comes before what it refers to, and nothing is lost."""

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postportal.interchange import slicing
from postportal.interchange.reading import read_file
from postportal.interchange.registers import register_named
from postportal.interchange.slicing import in_order, slices
from tests.factories import news
from tests.postportal.interchange.test_hostile_files import file_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slicing, "SLICE", 2)
    monkeypatch.setattr(slicing, "MAX_SLICE", 5)


def sliced(register: str, *rows: dict[str, Any]) -> list[tuple[list[str], list[str]]]:
    """Return the keys of each slice, and of those beside it."""
    found = register_named(register)
    records = read_file(found, file_of(register, *rows), name="file.json")
    return [([row.key for row in each.records], [row.key for row in each.beside]) for each in slices(found, records)]


def test_parents_come_before_their_parts_and_stand_beside_them() -> None:
    rows = [{"slug": "c", "parent": "b"}, {"slug": "x"}, {"slug": "b", "parent": "a"}, {"slug": "a"}]

    assert sliced("organizations", *rows) == [(["a", "b"], []), (["c", "x"], ["b"])]


def test_records_in_a_circle_and_those_with_one_key_are_together() -> None:
    link = {"successor_links": [{"successor": "b", "kind": "split"}]}
    rows = [{"slug": "z"}, {"slug": "a"} | link, {"slug": "y"}, {"slug": "b", "parent": "a"}, {"slug": "y"}]

    assert sliced("organizations", *rows) == [(["z", "b", "a"], []), (["y", "y"], [])]


def test_appointments_of_a_position_are_together_whether_the_file_names_it_or_not() -> None:
    first, other = news.appointment(), news.appointment()
    place = f"{first.position.organization.slug}/{first.position.label}"
    there = f"{other.position.organization.slug}/{other.position.label}"
    new, more = str(uuid.uuid4()), str(uuid.uuid4())
    rows = [
        {"key": new, "position": place},
        {"key": more, "position": there},
        {"key": str(other.key), "until_on": "2020"},
        {"key": str(first.key), "until_on": "2020"},
    ]

    found = [set(keys) for keys, _beside in sliced("appointments", *rows)]

    assert sorted(found, key=sorted) == sorted([{new, str(first.key)}, {more, str(other.key)}], key=sorted)


def test_key_that_names_no_appointment_is_in_a_slice_to_be_refused() -> None:
    assert sliced("appointments", {"key": "nobody", "until_on": "2020"}) == [(["nobody"], [])]


def test_more_records_than_fit_are_cut() -> None:
    rows = [{"slug": f"o-{number}", "parent": f"o-{(number + 1) % 7}"} for number in range(7)]

    assert [len(keys) for keys, _beside in sliced("organizations", *rows)] == [5, 2]


def test_chain_as_long_as_a_file_is_put_in_order() -> None:
    register, count = register_named("organizations"), 3000
    rows = [{"slug": f"o-{number}", "parent": f"o-{number + 1}"} for number in range(count)]
    records = read_file(register, file_of("organizations", *rows), name="file.json")

    assert in_order(register, records) == records[::-1]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"])), max_size=20))
def test_every_record_is_in_one_slice(rows: list[tuple[str, str]]) -> None:
    found = sliced("organizations", *({"slug": slug, "parent": parent} for slug, parent in rows))

    assert sorted(key for keys, _beside in found for key in keys) == sorted(slug for slug, _parent in rows)
    done: set[str] = set()
    for keys, beside in found:
        assert set(beside) <= done
        done |= set(keys)
