"""Records: rows of a register as they stand in a file, and what differs between two of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import models

from postportal.interchange.columns import Column, cell_text
from postportal.interchange.references import References
from postportal.interchange.registers import PartTable, Register
from postportal.publishing.models import Edition, Publishable, Versioned
from postportal.publishing.versions import snapshots
from postportal.publishing.versions.snapshots import Content

Record = dict[str, Any]
CHUNK = 100


class Change(NamedTuple):
    """A value that an import changes, in words."""

    label: str
    old: str
    new: str


def contents_of(rows: Sequence[models.Model]) -> dict[int, Content]:
    """Return what editors see of rows of one model, by primary key: unpublished changes count. Takes as many queries as
    for one row."""
    if not rows:
        return {}
    model = type(rows[0])
    if not issubclass(model, Versioned):
        return {row.pk: _plain_content(row) for row in rows}
    contents = snapshots.serialize_all(rows)  # type: ignore[arg-type]
    if issubclass(model, Publishable):
        editions = Edition.objects.of_model(model).open().filter(object_id__in=list(contents), content__isnull=False)
        contents |= {edition.object_id: edition.content for edition in editions if edition.content is not None}
    return contents


def records_of(register: Register, pks: Sequence[int]) -> Iterator[Record]:
    """Yield the records of these rows in this order. Takes the same number of queries for each hundred."""
    references = References()
    for start in range(0, len(pks), CHUNK):
        chunk = pks[start : start + CHUNK]
        rows = register.model._default_manager.in_bulk(chunk)
        # A row may have been deleted since the list was read.
        found = [rows[pk] for pk in chunk if pk in rows]
        contents = contents_of(found)
        load_references(register, contents.values(), references)
        for row in found:
            yield record_of(register, str(getattr(row, register.key)), contents[row.pk], references)


def load_references(register: Register, contents: Iterable[Content], references: References) -> None:
    """Load the texts of all rows that the contents refer to."""
    tables = [(register.columns, [_flat(content) for content in contents])]
    for name, table in register.part_tables.items():
        tables.append((table.columns, [row for content in contents for row in content["parts"].get(name, [])]))
    for columns, rows in tables:
        for column in columns:
            if column.related:
                references.load_texts(column.related, {key for row in rows for key in column.keys_in(row)})


def record_of(register: Register, key: str, content: Content, references: References) -> Record:
    """Return a row as it stands in a JSON file."""
    record: Record = {register.key: key} | _values(register.columns, _flat(content), references)
    for name, table in register.part_tables.items():
        rows = content["parts"].get(name, [])
        record[name] = [_values(table.columns, row, references) for row in rows]
    return record


def part_keys(table: PartTable, rows: Iterable[Record]) -> Iterator[tuple[str, ...]]:
    """Yield what tells each child row apart. Of equal ones, also how many came before."""
    seen: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        key = tuple(cell_text(row.get(name)) for name in table.part.key)
        yield (*key, str(seen[key]))
        seen[key] += 1


def changes_between(register: Register, old: Record | None, new: Record) -> list[Change]:
    """Return the values that differ, in the order of the columns."""
    before, after = (_flat_record(register, record) for record in (old or {}, new))
    labels = dict.fromkeys([*after, *before])
    pairs = [(label, before.get(label, ""), after.get(label, "")) for label in labels]
    return [Change(label, old_text, new_text) for label, old_text, new_text in pairs if old_text != new_text]


def _values(columns: list[Column], values: Content, references: References) -> Record:
    return {column.name: column.to_file(values, references) for column in columns}


def _flat(content: Content) -> Content:
    return {**content["fields"], **content["tags"], **content["links"]}


def _flat_record(register: Register, record: Record) -> dict[str, str]:
    found = {column.label: cell_text(record.get(column.name)) for column in register.columns}
    for name, table in register.part_tables.items():
        rows = record.get(name, [])
        for key, row in zip(part_keys(table, rows), rows, strict=True):
            title = ", ".join(filter(None, key[:-1])) or "–"
            title = f"{table.label} ({title})" if key[-1] == "0" else f"{table.label} ({title}; {int(key[-1]) + 1})"
            found |= {f"{title}: {each.label}": cell_text(row.get(each.name)) for each in table.columns}
    return found


def _plain_content(row: models.Model) -> Content:
    """Return the content of a row without versions."""
    fields = {field.name: field.value_from_object(row) for field in snapshots.editable_fields(type(row))}
    return {"fields": fields, "tags": {}, "links": {}, "parts": {}}
