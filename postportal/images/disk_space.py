"""There is no room for a picture, or nothing may be written where pictures are kept."""

import errno
import logging

from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

DISK_FULL_MESSAGE = _(
    "The picture could not be stored: the server has no room for it. Nothing was saved; please try again later."
)
_REASONS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def is_full(error: OSError) -> bool:
    """True where no other picture would do better. Whoever runs the portal reads it in the log."""
    is_so = error.errno in _REASONS
    if is_so:
        logger.error("A picture could not be stored: %s", error)
    return is_so
