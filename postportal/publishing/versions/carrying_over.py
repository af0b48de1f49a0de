"""Carrying changes over: what one version changed in another, done again in a third one. So a proposal undoes nothing
that was saved while it waited."""

import copy
from typing import Any

from postportal.publishing.versions.snapshots import Content


def carry_over(current: Content, *, before: Content, after: Content) -> Content:
    """Return the current content with everything that differs between `before` and `after`. Child rows are merged one
    by one, by key; tags and links one by one. What exists no more is not brought back."""
    result = copy.deepcopy(current)
    result["fields"] = _merged_values(current["fields"], before=before["fields"], after=after["fields"])
    for section, merge in (("tags", _merged_set), ("links", _merged_set), ("parts", _merged_rows)):
        for name, value in current[section].items():
            if name in after[section]:
                was = before[section].get(name, [])
                result[section][name] = merge(value, before=was, after=copy.deepcopy(after[section][name]))
    return result


def _merged_values(current: dict[str, Any], *, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    changed = {name: value for name, value in after.items() if value != before.get(name) and name in current}
    return {**current, **changed}


def _merged_set(current: list[Any], *, before: list[Any], after: list[Any]) -> list[Any]:
    return sorted((set(current) | (set(after) - set(before))) - (set(before) - set(after)))


def _merged_rows(current: list[Content], *, before: list[Content], after: list[Content]) -> list[Content]:
    was, proposed = ({row["pk"]: row for row in rows} for rows in (before, after))
    kept = [row for row in current if row["pk"] not in was or row["pk"] in proposed]
    merged = [
        _merged_values(row, before=was[row["pk"]], after=proposed[row["pk"]]) if row["pk"] in was else row
        for row in kept
    ]
    known = [_without_key(row) for row in merged]
    # Somebody may have added the same row in the meantime.
    return [*merged, *(row for row in after if row["pk"] not in was and _without_key(row) not in known)]


def _without_key(row: Content) -> Content:
    return {name: value for name, value in row.items() if name != "pk"}
