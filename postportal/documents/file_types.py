"""Accepted types of documents, and what is checked of each."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postportal.documents.office_files import check_office_file
from postportal.documents.pdf_files import check_pdf
from postportal.documents.recordings import check_recording
from postportal.documents.text_files import check_text_file


class FileType(NamedTuple):
    """`name` is shown to readers. `check` returns the number of pages if it knows it, or raises ValidationError.
    `player` is the element that plays the file in a text: “video”, “audio” or blank."""

    name: str
    content_type: str
    check: Callable[[bytes, str], int | None]
    player: str = ""

    @property
    def limit(self) -> int:
        """Size of the largest file that is accepted, in megabytes."""
        limit: int = settings.RECORDING_MAX_MB if self.player else settings.DOCUMENT_MAX_MB
        return limit


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
FILE_TYPES = {
    "pdf": FileType("PDF", "application/pdf", check_pdf),
    "docx": FileType("DOCX", f"{_OPEN_XML}.wordprocessingml.document", check_office_file),
    "xlsx": FileType("XLSX", f"{_OPEN_XML}.spreadsheetml.sheet", check_office_file),
    "pptx": FileType("PPTX", f"{_OPEN_XML}.presentationml.presentation", check_office_file),
    "odt": FileType("ODT", f"{_OPEN_DOCUMENT}.text", check_office_file),
    "ods": FileType("ODS", f"{_OPEN_DOCUMENT}.spreadsheet", check_office_file),
    "odp": FileType("ODP", f"{_OPEN_DOCUMENT}.presentation", check_office_file),
    "csv": FileType("CSV", "text/csv", check_text_file),
    "txt": FileType("TXT", "text/plain", check_text_file),
    "mp4": FileType("MP4", "video/mp4", check_recording, "video"),
    "webm": FileType("WebM", "video/webm", check_recording, "video"),
    "mp3": FileType("MP3", "audio/mpeg", check_recording, "audio"),
    "ogg": FileType("Ogg", "audio/ogg", check_recording, "audio"),
    "m4a": FileType("M4A", "audio/mp4", check_recording, "audio"),
}
ACCEPTED_TYPES = ",".join(f".{extension}" for extension in FILE_TYPES)
_WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"}
_OLD_OFFICE = {"doc": "DOCX", "xls": "XLSX", "ppt": "PPTX"}


def extension_of(name: str) -> str:
    """Return the extension of an upload if documents may have it, or raise ValidationError."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if extension in _WITH_MACROS:
        raise ValidationError(_("Files with macros are not accepted. Save the file without macros or as a PDF."))
    if extension in _OLD_OFFICE:
        text = _("This format is too old to be checked. Save the file as %(format)s or PDF.")
        raise ValidationError(text, params={"format": _OLD_OFFICE[extension]})
    if extension not in FILE_TYPES:
        names = ", ".join(file_type.name for file_type in FILE_TYPES.values())
        raise ValidationError(_("Choose a file of one of these types: %(types)s."), params={"types": names})
    return extension
