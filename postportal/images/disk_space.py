"""Handling of a full or read-only disk when a picture or a document is uploaded."""

import errno
import logging

from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

DISK_FULL_MESSAGE = _("The file could not be saved because the server has no disk space left. Try again later.")
_REASONS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def is_full(error: OSError) -> bool:
    """Return True, and log the error, if no file at all could be saved."""
    is_disk_full = error.errno in _REASONS
    if is_disk_full:
        logger.error("A file could not be saved: %s", error)
    return is_disk_full
