"""Files of registers in tests: written from rows, and read back."""

import io
from typing import Any

from postportal.interchange.exporting import FORMATS, keys_in_order
from postportal.interchange.importing import apply, dry_run
from postportal.interchange.reading import read_file
from postportal.interchange.records import records_of
from postportal.interchange.registers import register_named
from postportal.interchange.report import Report
from tests.factories import staff


def anybody(item: Any, parts: Any) -> str:
    """Let everybody write every row and child row."""
    return ""


def exported(name: str, *, file_format: str = "json") -> bytes:
    """Return the file with all rows of a register."""
    register = register_named(name)
    file = io.BytesIO()
    rows = register.model._default_manager.all()
    FORMATS[file_format].write(register, records_of(register, keys_in_order(register, rows)), file)
    return file.getvalue()


def tried(name: str, content: bytes, *, file_name: str = "file", by: Any = None) -> Report:
    """Return what the import of a file would do."""
    register = register_named(name)
    records = read_file(register, content, name=file_name)
    return dry_run(register, records, by=by or staff.account(is_superuser=True), may_write=anybody)


def imported(name: str, content: bytes, *, file_name: str = "file") -> Report:
    """Import a file as it was shown."""
    register, user = register_named(name), staff.account(is_superuser=True)
    report = tried(name, content, file_name=file_name, by=user)
    records = read_file(register, content, name=file_name)
    return apply(register, records, by=user, may_write=anybody, digest=report.digest)
