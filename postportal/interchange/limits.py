"""Limits of files, and how a file is refused."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
# Of what a compressed file unpacks to: a small file may hold gigabytes of zeros.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_MEMBERS = 200
# New and changed rows of one request: each is validated, locked and written with its child rows, in some 25 queries
# (items with a workflow take more), and nginx waits a minute (docs/deploy/nginx.conf). Rows that stay as they are cost
# next to nothing. Files with more are imported in steps.
MAX_REQUEST_WRITES = 200
# Of one request, even if they all stay as they are.
MAX_REQUEST_ROWS = 5_000
# Of the rows of a report: more would be read by nobody.
MAX_SHOWN = 200
# A spreadsheet has no longer cells.
MAX_SHEET_CELL = 32_767


class FileError(ValidationError):
    """The file cannot be read or written as a whole."""


class TooManyWritesError(Exception):
    """More rows are new or changed than one request can write."""


def require_writes(count: int, *, maximum: int | None) -> None:
    """Raise TooManyWritesError if more rows are new or changed than a request can write. A command has no maximum."""
    if maximum is not None and count > maximum:
        raise TooManyWritesError


def require_rows(count: int) -> None:
    """Raise FileError if there are more rows than one import takes."""
    if count > MAX_ROWS:
        raise FileError(_("The file has more than %(count)s rows. Split it.") % {"count": f"{MAX_ROWS:,}"})
