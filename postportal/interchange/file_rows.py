"""Rows of a file before anybody knows whether they are valid, each with its place in the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from postportal.interchange.limits import FileError, require_rows
from postportal.interchange.registers import Register
from postportal.interchange.tables import Header, headers_of


@dataclass
class FileRow:
    """A row or child row: where it stands, and its values by column."""

    place: str
    values: dict[str, Any]


@dataclass
class FileRecord(FileRow):
    """A row with its child rows."""

    key: str = ""
    parts: dict[str, list[FileRow]] = field(default_factory=dict)


@dataclass
class FileTable:
    """A table of a file: its name there, its header, and its rows."""

    name: str
    header: list[str]
    rows: list[list[str]]


def records_from_tables(register: Register, tables: Iterable[FileTable]) -> list[FileRecord]:
    """Return the records of a file. Child rows may stand without their row, which is then not changed itself."""
    records: dict[str, FileRecord] = {}
    found: list[FileRecord] = []
    known = sorted(((_relation_of(register, table), table) for table in tables), key=lambda pair: bool(pair[0]))
    require_rows(sum(len(table.rows) for _name, table in known))
    for relation, table in known:
        for number, cells in enumerate(table.rows, start=2):
            if not any(cells):
                continue
            place = _("%(table)s, row %(number)s") % {"table": table.name, "number": number}
            values = dict(zip(table.header, [*cells, *[""] * len(table.header)], strict=False))
            key = register.key_in(values.pop(table.header[0]))
            if not relation:
                found.append(FileRecord(place, values, key))
                records.setdefault(key, found[-1])
                continue
            if not key:
                raise FileError(_("%(place)s does not say to which row it belongs.") % {"place": place})
            if key not in records:
                records[key] = FileRecord(place, {}, key)
                found.append(records[key])
            records[key].parts.setdefault(relation, []).append(FileRow(place, values))
    return found


def records_from_json(register: Register, rows: list[Any]) -> list[FileRecord]:
    """Return the records of a JSON file."""
    require_rows(len(rows))
    found = []
    for number, row in enumerate(rows, start=1):
        place = _("Item %(number)s") % {"number": number}
        if not isinstance(row, dict):
            raise FileError(_("%(place)s is no object.") % {"place": place})
        values = dict(row)
        record = FileRecord(place, values, register.key_in(str(values.pop(register.key, "") or "")))
        for name, table in register.part_tables.items():
            if name in values:
                record.parts[name] = list(_json_parts(values.pop(name), place=f"{place}, {table.part.relation}"))
        _require_known(values, [column.name for column in register.columns], place)
        for name, parts in record.parts.items():
            for part in parts:
                _require_known(part.values, [each.name for each in register.part_tables[name].columns], part.place)
        found.append(record)
    require_rows(sum(1 + sum(map(len, record.parts.values())) for record in found))
    return found


def _json_parts(rows: Any, *, place: str) -> Iterable[FileRow]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileError(_("%(place)s is no list of objects.") % {"place": place})
    for number, row in enumerate(rows, start=1):
        yield FileRow(f"{place} {number}", dict(row))


def _relation_of(register: Register, table: FileTable) -> str:
    """Return the relation of a table of child rows, "" for the rows themselves. Moves the key to the front."""
    if len(set(table.header)) < len(table.header):
        raise FileError(_("%(table)s: a column is there twice.") % {"table": table.name})
    main, *parts = headers_of(register)
    header = _header_of(table, [main, *parts], register)
    _require_known(table.header, header.columns, table.name)
    place = table.header.index(header.columns[0])
    for row in (table.header, *table.rows):
        row.extend([""] * (len(table.header) - len(row)))
        row.insert(0, row.pop(place))
    return "" if header is main else header.name


def _header_of(table: FileTable, headers: list[Header], register: Register) -> Header:
    """Return the table that is meant: by its name, or else by its columns."""
    possible = [header for header in headers if header.columns[0] in table.header]
    if not possible:
        text = _("%(table)s has none of the key columns: %(names)s.")
        names = ", ".join(header.columns[0] for header in headers)
        raise FileError(text % {"table": table.name, "names": names})

    def distance(header: Header) -> tuple[bool, int]:
        is_named = table.name in (header.name, f"{register.name}-{header.name}")
        return not is_named, len(set(table.header) - set(header.columns))

    return min(possible, key=distance)


def _require_known(names: Iterable[str], known: list[str], place: str) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        text = _("%(place)s has unknown columns: %(names)s.")
        raise FileError(text % {"place": place, "names": ", ".join(unknown)})


def keys_that_refer_to(keys: Iterable[str], records: Iterable[FileRecord], register: Register) -> set[str]:
    """Return these keys and those of all records that refer to them, also by way of others."""
    referring: dict[str, list[str]] = {}
    for record in records:
        for text in own_references(record, register):
            referring.setdefault(text, []).append(record.key)
    found, pending = set(keys), list(keys)
    while pending:
        new = set(referring.get(pending.pop(), [])) - found
        found |= new
        pending += new
    return found


def own_references(record: FileRecord, register: Register) -> Iterable[str]:
    """Yield the texts by which a record names rows of its own register."""
    tables = [(register.columns, [record])]
    tables += [(register.part_tables[name].columns, rows) for name, rows in record.parts.items()]  # type: ignore[misc]
    for columns, rows in tables:
        for column in columns:
            if column.related is register.model:
                for row in rows:
                    yield from column.texts_in(row.values.get(column.name))
