"""Comparison of two versions of an item: fields, tags, links and child rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from postportal.publishing.diff.blocks import Block, to_words
from postportal.publishing.diff.blocks import line_blocks as plain_lines
from postportal.publishing.diff.side_by_side import DiffLine, Fold, compare_blocks, fold_unchanged, make_line
from postportal.publishing.models import Versioned
from postportal.publishing.versions.child_rows import RowPair, match_rows, ordering_fields
from postportal.publishing.versions.related_names import RelatedNames, find_field
from postportal.publishing.versions.snapshots import Content, row_fields
from postportal.web.personal_zone import in_personal_zone

EMPTY_CONTENT: Content = {"fields": {}, "tags": {}, "links": {}, "parts": {}}
SECTIONS = ("fields", "tags", "links", "parts")


@dataclass(frozen=True)
class DiffGroup:
    """The lines of a field or of a child row."""

    folds: list[Fold]
    title: str = ""
    state: str = ""
    # A row that is in only one of the versions.
    is_whole: bool = False


@dataclass(frozen=True)
class FieldDifference:
    """The differences in a field or relation."""

    label: str
    groups: list[DiffGroup] = field(default_factory=list)
    # Both look the same in words; the stored values differ.
    is_only_value: bool = False


def differences(model: type[Versioned], old: Content, new: Content) -> list[FieldDifference]:
    """Return what differs between the two contents, in the order of the model."""
    names = RelatedNames(model, [old, new])
    return [
        _difference(model, names, section, name, old[section].get(name), new[section].get(name))
        for section in SECTIONS
        for name in dict.fromkeys([*new[section], *old[section]])
        if not _is_equal(old[section].get(name), new[section].get(name))
    ]


def _is_equal(old: Any, new: Any) -> bool:
    # A field that the old content does not have yet is equal to an empty one.
    return old == new or (old in (None, "", []) and new in (None, "", []))


def _difference(
    model: type[Versioned], names: RelatedNames, section: str, name: str, old: Any, new: Any
) -> FieldDifference:
    label = _label(model, section, name)
    if section == "parts" and find_field(model, name) is not None:
        return FieldDifference(label, _row_groups(find_field(model, name), names, old or [], new or []))
    before, after = (_field_blocks(model, names, section, name, value) for value in (old, new))
    is_alike = before == after
    if is_alike:
        # For example two pictures with the same name, or invisible markup.
        before, after = (plain_lines(str(value or "")) for value in (old, new))
    found = compare_blocks(before, after, is_list=section in ("tags", "links"))
    return FieldDifference(label, [DiffGroup(fold_unchanged(found))], is_only_value=is_alike)


def _label(model: type[Versioned], section: str, name: str) -> str:
    found = find_field(model, name)
    if section == "parts" and found is not None:
        return capfirst(str(found.related_model._meta.verbose_name_plural))
    return capfirst(str(getattr(found, "verbose_name", name)))


def _field_blocks(model: type[Versioned], names: RelatedNames, section: str, name: str, value: Any) -> list[Block]:
    found = find_field(model, name)
    if section == "tags":
        return [block for tag in value or [] for block in plain_lines(tag)]
    if section == "links" and found is not None:
        return [Block("", tuple(to_words(names.name(found.related_model, key)))) for key in value or []]
    if getattr(found, "is_rich_text", False):
        return list(found.to_blocks(value or ""))
    return plain_lines(column_text(found, names, value))


def column_text(column: Any, names: RelatedNames, value: Any) -> str:
    """Return the value of a column as text."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(column, models.ForeignKey):
        return names.name(column.related_model, value)
    if getattr(column, "choices", None):
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.DateTimeField):
        moment = parse_datetime(str(value))
        return date_format(in_personal_zone(moment), "DATETIME_FORMAT") if moment else str(value)
    if isinstance(column, models.DateField):
        day = parse_date(str(value))
        return date_format(day) if day else str(value)
    return str(value)


# Child rows -----------------------------------------------------------------------------------------------------------


def _row_groups(relation: Any, names: RelatedNames, old: list[Content], new: list[Content]) -> list[DiffGroup]:
    model, parent = relation.related_model, relation.field.name
    pairs = match_rows(model, parent, old, new)
    order = [*sorted(ordering_fields(model)), "pk"]

    def place(pair: RowPair) -> tuple[Any, ...]:
        row = pair[1] or pair[0] or {}
        return tuple((row.get(name) is None, row.get(name) or 0) for name in order)

    groups = [_row_group(model, parent, names, *pair) for pair in sorted(pairs, key=place)]
    return [group for group in groups if group.folds]


def _row_group(
    model: type[models.Model], parent: str, names: RelatedNames, old: Content | None, new: Content | None
) -> DiffGroup:
    columns = [column for column in row_fields(model) if column.name != parent]
    changed = [
        column for column in columns if not _is_equal((old or {}).get(column.name), (new or {}).get(column.name))
    ]
    found = list(_row_lines(changed, names, old, new))
    return DiffGroup(
        [Fold(found, is_folded=False)] if found else [],
        title=_title(columns, names, new or old or {}),
        state=_state(ordering_fields(model), {column.name for column in changed}, old, new),
        is_whole=old is None or new is None,
    )


def _row_lines(
    columns: list[models.Field], names: RelatedNames, old: Content | None, new: Content | None
) -> Iterator[DiffLine]:
    for column in columns:
        before, after = (column_text(column, names, side.get(column.name)) if side else "" for side in (old, new))
        if before or after:
            yield make_line(_column_block(column, before), _column_block(column, after))


def _column_block(column: models.Field, text: str) -> Block | None:
    return Block(capfirst(str(column.verbose_name)), tuple(to_words(text))) if text else None


def _title(columns: list[models.Field], names: RelatedNames, row: Content) -> str:
    """Return the first text of the row, or the name of the first row it refers to."""
    texts = [column for column in columns if isinstance(column, models.CharField) and not column.choices]
    pointers = [column for column in columns if isinstance(column, models.ForeignKey)]
    return next(
        (text for column in [*texts, *pointers] if (text := column_text(column, names, row.get(column.name)))), ""
    )


def _state(order: set[str], changed: set[str], old: Content | None, new: Content | None) -> str:
    if old is None:
        return _("Added")
    if new is None:
        return _("Removed")
    if changed <= order:
        return pgettext("row", "Moved")
    return _("Changed and moved") if changed & order else _("Changed")
