"""Edit conflicts and merging."""

from typing import Any

import pytest

from news.models import Article
from postportal.publishing.versions.conflicts import MINE, THEIRS, conflicting_fields, merge

BASE: dict[str, Any] = {
    "fields": {"title": "Old", "standfirst": "By rail.", "body": "<p>A</p>"},
    "tags": {"tags": ["rail"]},
    "links": {},
    "parts": {"mentions": []},
}


def version(**fields: Any) -> dict[str, Any]:
    tags = fields.pop("tags", ["rail"])
    return {**BASE, "fields": {**BASE["fields"], **fields}, "tags": {"tags": tags}}


def changed_by(mine: dict[str, Any], theirs: dict[str, Any], base: Any = BASE) -> dict[str, str | None]:
    return {row.key: row.changed_by for row in conflicting_fields(Article, base=base, mine=mine, theirs=theirs)}


def test_field_is_mine_theirs_or_both() -> None:
    mine = version(title="Mine", standfirst="Mine")
    theirs = version(title="Theirs", tags=["snow"])

    assert changed_by(mine, theirs) == {"fields.title": None, "fields.standfirst": MINE, "tags.tags": THEIRS}


def test_without_the_first_version_nobody_is_named() -> None:
    assert changed_by(version(title="Mine"), BASE, base=None) == {"fields.title": None}


def test_equal_changes_are_no_conflict() -> None:
    assert changed_by(version(title="New"), version(title="New")) == {}


def test_equal_child_rows_with_different_keys_are_no_conflict() -> None:
    rows: list[dict[str, Any]] = [{**BASE, "parts": {"mentions": [{"pk": key, "label": "Ms Zhou"}]}} for key in (5, -7)]

    assert changed_by(*rows) == {}


def test_change_of_markup_only_is_marked() -> None:
    [row] = conflicting_fields(Article, base=BASE, mine=version(body="<h2>A</h2>"), theirs=BASE)

    assert row.is_only_format
    assert "".join(span.text for span in row.spans if span.is_new) == "<h2>A</h2>"


@pytest.mark.parametrize(("choice", "title"), [(MINE, "Mine"), (THEIRS, "Theirs")])
def test_merge_takes_only_chosen_fields(choice: str, title: str) -> None:
    mine, theirs = version(title="Mine", standfirst="Mine"), version(title="Theirs", standfirst="Theirs")

    merged = merge(mine, theirs, {"fields.title": choice})

    assert (merged["fields"]["title"], merged["fields"]["standfirst"]) == (title, "Theirs")
    assert theirs["fields"]["title"] == "Theirs"
