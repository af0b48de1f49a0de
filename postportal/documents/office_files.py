"""Checks of office files, which are ZIP archives of XML, and their text. Nothing is ever extracted to a disk."""

import io
import re
import zipfile
import zlib
from html import unescape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postportal.documents.refusals import not_what_it_says

# A 20 MB file of text unpacks to about 200 MB. A bomb unpacks to far more.
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ENTRIES = 10_000
MAX_READ = 30 * 1024 * 1024
_END_RECORD = 22
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_MIMETYPES = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
_MACROS = re.compile(
    r"(?:^|/)(?:vbaProject\w*\.bin|vbaData\.xml|activeX/.+|macrosheets/.+)$|^(?:Basic|Scripts)/.+", re.IGNORECASE
)
_OUTSIDE_TEMPLATE = re.compile(
    rb"attachedTemplate[\"'][^>]*TargetMode=[\"']External|oleObject[\"'][^>]*External", re.IGNORECASE
)
_TEXT_PARTS = re.compile(
    r"word/(?:document|footnotes|endnotes)\.xml|xl/sharedStrings\.xml|ppt/slides/slide\d+\.xml|content\.xml"
)
# Where the text of one paragraph, cell or line ends, in all of these formats.
_END = re.compile(r"</(?:w:p|a:p|si|text:p|text:h)>|<(?:w:br|w:tab|text:tab|text:line-break)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError)


def check_office_file(content: bytes, extension: str) -> None:
    """Raise ValidationError if this is not an office file of this type, or one with macros or a bomb."""
    # From the first byte to the last: with anything before or after it, an archive is two files for two programs.
    if not content.startswith(b"PK\x03\x04") or not content[-_END_RECORD:].startswith(b"PK\x05\x06"):
        raise not_what_it_says(extension)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, extension)
    except _BROKEN as error:
        raise not_what_it_says(extension) from error


def office_text(content: bytes) -> str:
    """Return the text of an office file that was checked, line by line."""
    parts, left = [], MAX_READ
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not _TEXT_PARTS.fullmatch(entry.filename) or left <= 0:
                continue
            with archive.open(entry) as file:
                # Sizes in an archive are claims; only so much is unpacked.
                xml = file.read(left).decode("utf-8", "replace")
            left -= len(xml)
            parts.append(unescape(_TAG.sub("", _END.sub("\n", xml))))
    return "\n".join(parts)


def _check_archive(archive: zipfile.ZipFile, extension: str) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ValidationError(_("The file is too large when it is unpacked. Save it as a PDF."), code="too_large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ValidationError(_("The file needs a password. Save it without one."), code="encrypted")
    if not _is_of_type(archive, extension):
        raise not_what_it_says(extension)
    if _has_macros(archive):
        text = _("The file contains macros or active controls. Save it without them or as a PDF.")
        raise ValidationError(text, code="macros")


def _is_of_type(archive: zipfile.ZipFile, extension: str) -> bool:
    names = set(archive.namelist())
    if extension in _MAIN_PARTS:
        return {"[Content_Types].xml", _MAIN_PARTS[extension]} <= names
    # The first file of an OpenDocument file says its type.
    stated = archive.open("mimetype").read(200)
    return stated.strip() == f"application/vnd.oasis.opendocument.{_MIMETYPES[extension]}".encode()


def _has_macros(archive: zipfile.ZipFile) -> bool:
    for entry in archive.infolist():
        if _MACROS.search(entry.filename):
            return True
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in archive.open(entry).read(MAX_READ):
            return True
        if entry.filename.endswith(".rels") and _OUTSIDE_TEMPLATE.search(archive.open(entry).read(MAX_READ)):
            return True
    return False
