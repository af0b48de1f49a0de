"""Reading of files from outside: their format, whether they are bearable, and what they contain."""

import codecs
import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from postportal.interchange.file_rows import FileRecord, FileRow, records_from_tables
from postportal.interchange.formats.csv_files import read_csv
from postportal.interchange.formats.json_file import read_json
from postportal.interchange.limits import MAX_BYTES, MAX_MEMBERS, MAX_UNPACKED_BYTES, FileError
from postportal.interchange.registers import Register

_ZIP = b"PK\x03\x04"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([^"]*)"')
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WORKBOOK = "xl/workbook.xml"


def read_file(register: Register, content: bytes, *, name: str) -> list[FileRecord]:
    """Return the records of a file in any of the formats. Raises FileError with what is wrong with it."""
    records = _read(register, content, name=name)
    for record in records:
        _require_storable(record, place=record.place)
    return records


def _read(register: Register, content: bytes, *, name: str) -> list[FileRecord]:
    if len(content) > MAX_BYTES:
        raise FileError(_("The file is larger than %(size)s MB. Split it.") % {"size": MAX_BYTES // 1024**2})
    if not content.strip():
        raise FileError(_("The file is empty."))
    if content.startswith(_ZIP):
        return _read_archive(register, content)
    text = decode(content)
    if text.lstrip().startswith("{"):
        return read_json(register, text)
    return records_from_tables(register, [read_csv(text, name=_stem(name))])


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a mark. Raises FileError that names the likely encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        likely = "UTF-16"
    else:
        likely = "GB18030" if _is_chinese(content) else "Windows-1252"
    text = _("The file is not in UTF-8 but probably in %(encoding)s. Save it as “CSV UTF-8”, or use XLSX.")
    raise FileError(text % {"encoding": likely})


def _is_chinese(content: bytes) -> bool:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _read_archive(register: Register, content: bytes) -> list[FileRecord]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_bearable(archive)
            if _WORKBOOK in archive.namelist():
                _refuse_entities(archive)
                _refuse_merged_cells(archive)
                # What reads sheets takes a fifth of a start.
                from postportal.interchange.formats.xlsx_file import read_xlsx

                return records_from_tables(register, read_xlsx(io.BytesIO(content)))
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if not names:
                raise FileError(_("The ZIP file has no CSV files."))
            return records_from_tables(
                register, [read_csv(decode(archive.read(name)), name=_stem(name)) for name in names]
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileError(_("The ZIP file cannot be read: %(error)s.") % {"error": error}) from None


def _require_bearable(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than fits. No member gives more than the size that is read here."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        size = MAX_UNPACKED_BYTES // 1024**2
        raise FileError(_("The file unpacks to more than %(size)s MB. Split it.") % {"size": size})


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """Refuse document types: no spreadsheet writes them, and their entities can grow without end."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as file:
                start = file.read(4096).replace(b"\x00", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise FileError(_("The spreadsheet has a document type, which is not allowed."))


def _refuse_merged_cells(archive: zipfile.ZipFile) -> None:
    """Refuse merged cells: all but the first are blank, and would be read as such."""
    for member in archive.infolist():
        if member.filename.startswith("xl/worksheets/") and (found := _MERGED.search(archive.read(member))):
            text = _("Cells %(cells)s of the spreadsheet are merged. Unmerge them and fill in each one.")
            raise FileError(text % {"cells": found[1].decode("ascii", "replace")})


def _require_storable(value: Any, *, place: str) -> None:
    """Refuse characters that no database stores: NUL, and halves of surrogate pairs."""
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            raise FileError(_("%(place)s has characters that cannot be stored.") % {"place": place})
    elif isinstance(value, dict):
        _require_storable([*value, *value.values()], place=place)
    elif isinstance(value, list):
        for each in value:
            _require_storable(each, place=place)
    elif isinstance(value, FileRow):
        _require_storable(vars(value), place=value.place)


def _stem(name: str) -> str:
    """Return the name of a file without its folder and its ending."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
