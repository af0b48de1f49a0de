"""Edit conflicts: the fields that two people changed in the same item, and merging their versions."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from postportal.publishing.diff.word_diff import WordSpan, compare_words
from postportal.publishing.models import Versioned
from postportal.publishing.versions.display import field_label, field_text
from postportal.publishing.versions.snapshots import Content

SECTIONS = ("fields", "tags", "links", "parts")
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class ConflictingField:
    """A field that differs between the user's version and the one saved in the meantime."""

    key: str
    label: str
    spans: list[WordSpan]
    # MINE or THEIRS; None if both changed it, so that the user has to choose.
    changed_by: str | None
    is_only_format: bool

    @property
    def input_name(self) -> str:
        return f"choice:{self.key}"


def conflicting_fields(
    model: type[Versioned], *, base: Content | None, mine: Content, theirs: Content
) -> list[ConflictingField]:
    """Return the fields that differ, in the order of the model. `base` is the version in which the form was opened."""
    return [_difference(model, section, name, base, mine, theirs) for section, name in _differing_names(mine, theirs)]


def merge(mine: Content, theirs: Content, chosen: dict[str, str]) -> Content:
    """Return their version with the fields chosen from mine. `chosen` maps keys of fields to MINE or THEIRS."""
    result = copy.deepcopy(theirs)
    for key, choice in chosen.items():
        section, _, name = key.partition(".")
        if choice == MINE:
            result[section][name] = copy.deepcopy(mine[section][name])
    return result


def _differing_names(mine: Content, theirs: Content) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for name, value in mine[section].items():
            if _without_row_keys(section, value) != _without_row_keys(section, theirs[section].get(name)):
                yield section, name


def _difference(
    model: type[Versioned], section: str, name: str, base: Content | None, mine: Content, theirs: Content
) -> ConflictingField:
    old, new = (field_text(model, section, name, side[section].get(name)) for side in (theirs, mine))
    is_only_format = old == new and section == "fields"
    if is_only_format:
        old, new = str(theirs[section].get(name)), str(mine[section].get(name))
    return ConflictingField(
        key=f"{section}.{name}",
        label=field_label(model, section, name),
        spans=compare_words(old, new),
        changed_by=_changed_by(section, name, base, mine, theirs),
        is_only_format=is_only_format,
    )


def _changed_by(section: str, name: str, base: Content | None, mine: Content, theirs: Content) -> str | None:
    if base is None:
        return None
    before = _without_row_keys(section, base[section].get(name))
    if before == _without_row_keys(section, theirs[section].get(name)):
        return MINE
    return THEIRS if before == _without_row_keys(section, mine[section].get(name)) else None


def _without_row_keys(section: str, value: Any) -> Any:
    """Remove the keys of child rows: both versions may have added the same row."""
    if section != "parts":
        return value
    return [{name: cell for name, cell in row.items() if name != "pk"} for row in value or []]
