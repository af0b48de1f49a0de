"""Merging of the values of a file into the content of a row. Columns and child rows that the file lacks stay."""

import copy
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from postportal.interchange.columns import Column
from postportal.interchange.file_rows import FileRecord, FileRow
from postportal.interchange.records import Record, part_keys
from postportal.interchange.references import References
from postportal.interchange.registers import PartTable, Register
from postportal.interchange.report import Refusal
from postportal.publishing.models import Versioned
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.snapshots import Content, provisional_key

# What is done to child rows: "add" or "change", each with their model.
PartWrites = set[tuple[str, type[models.Model]]]
# Of a row that comes from a file: it becomes public when somebody says so.
HIDDEN = {"publish_at": None}


class MergedContent:
    """The content of a row with the values of a file, and what was refused on the way."""

    def __init__(self, register: Register, *, current: Content | None, references: References) -> None:
        self.register, self.references = register, references
        self.content = copy.deepcopy(current) if current else empty_content(register.model)
        self.refusals: list[Refusal] = []
        # Number of child rows that are not in the file.
        self.kept = 0
        # The places of child rows by their key, to say where one is refused.
        self.places: dict[tuple[str, int], str] = {}

    def merge(self, record: FileRecord, *, is_bare: bool = False) -> None:
        """Take over the values of the record; if `is_bare`, without child rows and references to its own register."""
        for column in self.register.columns:
            is_own = column.related is self.register.model
            if column.name in record.values and not (is_bare and is_own):
                self.content[column.section] |= self._read(column, record, label=column.label)
        for name, rows in record.parts.items() if not is_bare else ():
            self._merge_part(name, self.register.part_tables[name], rows)

    def _merge_part(self, name: str, table: PartTable, rows: list[FileRow]) -> None:
        there = self.content["parts"].setdefault(name, [])
        current = dict(zip(part_keys(table, _as_records(table, there, self.references)), there, strict=True))
        blank = default_values(table.model, snapshots.row_fields(table.model))
        typed = [self._part_values(table, row) for row in rows]
        full = [{**blank, **values} for values in typed]
        keys = list(part_keys(table, _as_records(table, full, self.references)))
        for row, values, key in zip(rows, typed, keys, strict=True):
            target = current.pop(key, None)
            if target is None:
                target = {"pk": provisional_key(), **blank}
                there.append(target)
            target |= values
            self.places[name, target["pk"]] = row.place
        self.kept += len(current)

    def part_writes(self, current: Content | None) -> PartWrites:
        """Return what differs in the child rows from the content of before."""
        before = current["parts"] if current else {}
        found: PartWrites = set()
        for name, table in self.register.part_tables.items():
            there = {row["pk"]: row for row in before.get(name, [])}
            rows = [row for row in self.content["parts"].get(name, []) if row != there.get(row["pk"])]
            found |= {("change" if row["pk"] in there else "add", table.model) for row in rows}
        return found

    def _part_values(self, table: PartTable, row: FileRow) -> Content:
        values: Content = {}
        for column in table.columns:
            if column.name in row.values:
                values |= self._read(column, row, label=column.label)
        return values

    def _read(self, column: Column, row: FileRow, *, label: str) -> Content:
        try:
            return column.from_file(row.values[column.name], self.references)
        except (ValidationError, ValueError, TypeError, OverflowError) as error:
            messages = error.messages if isinstance(error, ValidationError) else [str(error)]
            self.refusals += [Refusal(row.place, label, message) for message in messages]
            return {}


def empty_content(model: type[models.Model]) -> Content:
    """Return the content of a new row, which is hidden from readers."""
    names = snapshots.tag_fields(model)
    links = [field for field in model._meta.many_to_many if field not in names]
    relations = model.child_relations if issubclass(model, Versioned) else ()
    fields = default_values(model, snapshots.editable_fields(model))
    return {
        "fields": fields | {name: value for name, value in HIDDEN.items() if name in fields},
        "tags": {field.name: [] for field in names},
        "links": {field.name: [] for field in links},
        "parts": {name: [] for name in relations},
    }


def default_values(model: type[models.Model], fields: Iterable[Any]) -> Content:
    """Return the values of these fields in a new row, as in a version."""
    row = model()
    return {field.name: _json_value(row, field) for field in fields}


def _json_value(row: models.Model, field: Any) -> Any:
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def _as_records(table: PartTable, rows: Iterable[Content], references: References) -> Iterator[Record]:
    rows = list(rows)
    for column in table.columns:
        if column.related:
            references.load_texts(column.related, {key for row in rows for key in column.keys_in(row)})
    for row in rows:
        yield {column.name: column.to_file(row, references) for column in table.columns}
