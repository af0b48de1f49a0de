"""Acceptance of an uploaded file."""

import hashlib
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postportal.documents.file_types import FILE_TYPES, extension_of
from postportal.documents.scanning import scan


class Inspected(NamedTuple):
    """Details of a file that was accepted."""

    content: bytes
    extension: str
    sha256: str
    pages: int | None


def inspect(file: Any, *, name: str) -> Inspected:
    """Return what is in an uploaded file, or raise ValidationError if it is not accepted."""
    extension = extension_of(name)
    limit = FILE_TYPES[extension].limit
    if file.size > limit * 1024 * 1024:
        raise ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit}, code="too_large")
    if not file.size:
        raise ValidationError(_("The file is empty."), code="empty")
    file.seek(0)
    content = file.read()
    pages = FILE_TYPES[extension].check(content, extension)
    scan(content)
    return Inspected(content, extension, hashlib.sha256(content).hexdigest(), pages)
