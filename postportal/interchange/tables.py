"""Tables of a register: one of its rows, and one for each kind of child rows."""

from collections.abc import Iterator
from typing import NamedTuple

from postportal.interchange.columns import cell_text
from postportal.interchange.records import Record
from postportal.interchange.registers import Register

Row = list[str]


class Header(NamedTuple):
    """Name of a table, and of its columns."""

    name: str
    columns: list[str]


def headers_of(register: Register) -> list[Header]:
    """Return the tables of a register, that of its rows first."""
    main = Header(register.name, [register.key, *(column.name for column in register.columns)])
    parts = [
        Header(name, [table.parent, *(column.name for column in table.columns)])
        for name, table in register.part_tables.items()
    ]
    return [main, *parts]


def rows_of(register: Register, record: Record) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a record, each with the name of its table."""
    key = record[register.key]
    yield register.name, [key, *(cell_text(record[column.name]) for column in register.columns)]
    for name, table in register.part_tables.items():
        for row in record[name]:
            yield name, [key, *(cell_text(row[column.name]) for column in table.columns)]
