"""Registers as JSON: nested objects, one row a line."""

import json
from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _

from postportal.interchange.file_rows import FileRecord, records_from_json
from postportal.interchange.limits import FileError
from postportal.interchange.records import Record
from postportal.interchange.registers import Register

VERSION = 1


def write_json(register: Register, records: Iterable[Record], file: IO[bytes]) -> None:
    """Write the records one by one: no more than one is in memory."""
    head = json.dumps({"register": register.name, "version": VERSION})
    file.write(f'{head[:-1]}, "rows": ['.encode())
    for number, record in enumerate(records):
        line = json.dumps(record, ensure_ascii=False)
        file.write(f"{',' if number else ''}\n{line}".encode())
    file.write(b"\n]}\n")


def read_json(register: Register, text: str) -> list[FileRecord]:
    """Return the records of a file, which names its register."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(_("The file is no JSON: %(error)s.") % {"error": error}) from None
    if not isinstance(data, dict) or not isinstance(data.get("rows"), list):
        raise FileError(_("The file has no list “rows”."))
    if data.get("register") != register.name:
        text = _("The file is of the register “%(found)s”, not “%(expected)s”.")
        raise FileError(text % {"found": data.get("register"), "expected": register.name})
    if data.get("version") != VERSION:
        raise FileError(_("The file has version %(found)s, and only 1 is known.") % {"found": data.get("version")})
    return records_from_json(register, data["rows"])
