"""Matching of child rows between two versions."""

from typing import Any

from postportal.publishing.versions.child_rows import match_rows, ordering_fields
from services.models import Stamp


def row(pk: int, position: int, name: str = "Courier") -> dict[str, Any]:
    return {"pk": pk, "issue": 1, "position": position, "name": name}


def matched(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    pairs = match_rows(Stamp, "issue", old, new)
    return [(before and before["pk"], after and after["pk"]) for before, after in pairs]


def test_rows_are_matched_by_key() -> None:
    assert matched([row(1, 1), row(2, 2)], [row(2, 1), row(1, 2)]) == [(1, 1), (2, 2)]


def test_added_and_removed_rows_have_no_counterpart() -> None:
    assert matched([row(1, 1, "Gone")], [row(2, 2, "New")]) == [(1, None), (None, 2)]


def test_equal_rows_with_different_keys_are_matched() -> None:
    assert matched([row(1, 1)], [row(7, 1)]) == [(1, 7)]


def test_provisional_row_is_matched_by_its_unique_fields() -> None:
    assert matched([row(-5, 1, "Draft name")], [row(7, 1, "Final name")]) == [(-5, 7)]


def test_final_rows_are_not_matched_by_their_unique_fields() -> None:
    assert matched([row(5, 1, "Old stamp")], [row(7, 1, "New stamp")]) == [(5, None), (None, 7)]


def test_every_row_is_returned_once() -> None:
    old = [row(1, 1), row(-2, 2, "A"), row(3, 3, "B")]
    new = [row(1, 4), row(9, 2, "C"), row(8, 8, "D")]

    pairs = match_rows(Stamp, "issue", old, new)

    assert sorted(before["pk"] for before, _ in pairs if before) == [-2, 1, 3]
    assert sorted(after["pk"] for _, after in pairs if after) == [1, 8, 9]


def test_ordering_fields_are_the_integer_columns_of_the_order() -> None:
    assert ordering_fields(Stamp) == {"position"}
