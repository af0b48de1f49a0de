"""What is remembered for a while to spare the database. A dead cache costs speed, never a page."""

import logging
from typing import Any

from django.core.cache import cache

logger = logging.getLogger(__name__)


def safe_get(key: str) -> Any:
    """What was remembered under the key; None where nothing was, or where the cache is away."""
    # Each cache has errors of its own, and none may stop a page.
    try:
        return cache.get(key)
    except Exception:
        logger.exception("The cache recalls nothing.")
        return None


def safe_set(key: str, value: Any, *, seconds: int) -> None:
    try:
        cache.set(key, value, seconds)
    except Exception:
        logger.exception("The cache remembers nothing.")
