"""Factories for documents, and small files of each type."""

import zipfile
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from postportal.documents.models import Document

_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_RESOURCES = "/Resources << /Font << /F1 5 0 R >> >>"
_KINDS = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def pdf(text: str = "Parcel tariff", *, extra: str = "", catalog: str = "") -> bytes:
    """Return a PDF of one page. `extra` are more objects, `catalog` more entries of its catalogue."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {_RESOURCES} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *([extra] if extra else []),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def office(extension: str = "docx", *, text: str = "Claim form", more: dict[str, bytes] | None = None) -> bytes:
    """Return an office file of this type. `more` are more files in it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if extension in _KINDS:
            archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{_KINDS[extension]}")
            archive.writestr("content.xml", f"<office><text:p>{text}</text:p></office>")
        else:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr(_MAIN[extension], f"<w:document><w:p><w:t>{text}</w:t></w:p></w:document>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def upload(content: bytes | None = None, *, name: str = "tariff.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def document(title: str = "Parcel tariff", **fields: Any) -> Document:
    if "file" not in fields:
        fields["file"] = upload()
    return Document.objects.create(title=title, **fields)
