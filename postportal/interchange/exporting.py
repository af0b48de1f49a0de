"""Exports: which rows, in which order, in which format, and the entry in the audit log."""

from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import IO, Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from postportal.audit.actions import Action
from postportal.audit.log import log_action
from postportal.interchange.formats.csv_files import MAX_IN_MEMORY, write_csv, write_zip
from postportal.interchange.formats.json_file import write_json
from postportal.interchange.records import Record, records_of
from postportal.interchange.registers import Register


class Format(NamedTuple):
    """A format of exports: its label, the ending and type of its files, and what writes them."""

    label: Any
    ending: str
    media_type: str
    write: Callable[[Register, Iterable[Record], IO[bytes]], None]


def _write_xlsx(register: Register, records: Iterable[Record], file: IO[bytes]) -> None:
    # What writes sheets takes a fifth of a start.
    from postportal.interchange.formats.xlsx_file import write_xlsx

    write_xlsx(register, records, file)


_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "xlsx": Format(_("Spreadsheet (XLSX)"), "xlsx", _SHEET_TYPE, _write_xlsx),
    "csv": Format(_("CSV, only the rows of the register"), "csv", "text/csv; charset=utf-8", write_csv),
    "zip": Format(_("CSV in a ZIP file, one file for each table"), "zip", "application/zip", write_zip),
    "json": Format(_("JSON"), "json", "application/json; charset=utf-8", write_json),
}


def export(register: Register, rows: QuerySet[Any], *, file_format: str, user: Any, filters: str = "") -> Any:
    """Return an open file with the rows, which is on the disk if it is large. Adds an entry to the audit log."""
    pks = keys_in_order(register, rows)
    file = SpooledTemporaryFile(MAX_IN_MEMORY)  # noqa: SIM115  The response closes it.
    FORMATS[file_format].write(register, records_of(register, pks), file)
    detail = f"{len(pks)} rows as {file_format}" + (f", filter {filters}" if filters else "")
    log_action(Action.EXPORT, user=user, item=register.model, detail=detail)
    file.seek(0)
    return file


def keys_in_order(register: Register, rows: QuerySet[Any]) -> list[int]:
    """Return the primary keys in the order of the keys in files. Sorted here: databases disagree on the order."""
    found = rows.order_by().values_list(register.key, "pk").distinct()
    return [pk for _key, pk in sorted((str(key), pk) for key, pk in found)]
