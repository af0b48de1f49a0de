"""Two people saved the same item: what each of them changed, field by field, and the text that is made of both."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from postportal.publishing.diff.word_diff import WordSpan, compare_words
from postportal.publishing.models import Publishable
from postportal.publishing.versions.display import field_label, field_text
from postportal.publishing.versions.snapshots import Content

SECTIONS = ("fields", "tags", "links", "parts")
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class ConflictingField:
    """Something that is one way in the text saved meanwhile and another way in the one to be saved."""

    key: str
    label: str
    spans: list[WordSpan]
    # Who changed it since it was opened; None where both did, and somebody has to choose.
    changed_by: str | None
    is_only_format: bool

    @property
    def input_name(self) -> str:
        return f"choice:{self.key}"


def conflicting_fields(
    model: type[Publishable], *, base: Content | None, mine: Content, theirs: Content
) -> list[ConflictingField]:
    """What differs between both, in the order of the model. `base` is what was on the screen when it was opened."""
    return [_difference(model, section, name, base, mine, theirs) for section, name in _differing_names(mine, theirs)]


def merge(mine: Content, theirs: Content, chosen: dict[str, str]) -> Content:
    """Their text with what was chosen from mine; `chosen` goes by the keys of the differences."""
    result = copy.deepcopy(theirs)
    for key, whose in chosen.items():
        section, _, name = key.partition(".")
        if whose == MINE:
            result[section][name] = copy.deepcopy(mine[section][name])
    return result


def _differing_names(mine: Content, theirs: Content) -> Iterator[tuple[str, str]]:
    for section in SECTIONS:
        for name, value in mine[section].items():
            if _without_row_keys(section, value) != _without_row_keys(section, theirs[section].get(name)):
                yield section, name


def _difference(
    model: type[Publishable], section: str, name: str, base: Content | None, mine: Content, theirs: Content
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
    was = _without_row_keys(section, base[section].get(name))
    if was == _without_row_keys(section, theirs[section].get(name)):
        return MINE
    return THEIRS if was == _without_row_keys(section, mine[section].get(name)) else None


def _without_row_keys(section: str, value: Any) -> Any:
    """Without the keys of rows: the same row may have been written by two saves."""
    if section != "parts":
        return value
    return [{name: part for name, part in row.items() if name != "pk"} for row in value or []]
