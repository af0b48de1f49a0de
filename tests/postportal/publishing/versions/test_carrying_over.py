"""Changes of a proposal, done to what was saved in the meantime."""

from typing import Any

from postportal.publishing.versions.carrying_over import carry_over


def content(*, fields: Any = None, links: Any = None, rows: Any = ()) -> dict[str, Any]:
    return {"fields": fields or {}, "tags": {}, "links": {"services": links or []}, "parts": {"numbers": list(rows)}}


def row(pk: int, number: str, cost: str = "") -> dict[str, Any]:
    return {"pk": pk, "number": number, "cost": cost}


def carried(current: Any, before: Any, after: Any) -> Any:
    return carry_over(current, before=before, after=after)


def test_fields_and_links_keep_what_was_saved_meanwhile() -> None:
    before = content(fields={"purpose": "Lettres", "note": ""}, links=[1, 2])
    after = content(fields={"purpose": "Lettres", "note": "Press 0."}, links=[2, 3])
    current = content(fields={"purpose": "Letters", "note": ""}, links=[1, 2, 4])

    found = carried(current, before, after)

    assert found == content(fields={"purpose": "Letters", "note": "Press 0."}, links=[2, 3, 4])


def test_child_rows_are_merged_one_by_one() -> None:
    before = content(rows=[row(1, "11185"), row(2, "11186"), row(3, "11187")])
    after = content(rows=[row(1, "11185", "Free"), row(2, "11186"), row(-5, "11188")])
    current = content(rows=[row(1, "11180"), row(3, "11187"), row(4, "11189")])

    found = carried(current, before, after)

    assert found["parts"]["numbers"] == [row(1, "11180", "Free"), row(4, "11189"), row(-5, "11188")]


def test_row_that_somebody_else_has_added_is_there_once() -> None:
    found = carried(content(rows=[row(7, "11185")]), content(), content(rows=[row(-5, "11185")]))

    assert found["parts"]["numbers"] == [row(7, "11185")]


def test_result_shares_nothing_with_the_versions() -> None:
    after = content(rows=[row(-5, "11185")])

    carried(content(), content(), after)["parts"]["numbers"][0]["number"] = "changed"

    assert after["parts"]["numbers"] == [row(-5, "11185")]
