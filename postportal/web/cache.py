"""Cache access that never fails: without a working cache, pages are slower but complete."""

import logging
from typing import Any

from django.core.cache import cache

logger = logging.getLogger(__name__)


def safe_get(key: str) -> Any:
    """Return the cached value; None if there is none or the cache is unavailable."""
    # Every cache backend has its own exceptions, and none of them may break a page.
    try:
        return cache.get(key)
    except Exception:
        logger.exception("Reading from the cache failed.")
        return None


def safe_set(key: str, value: Any, *, seconds: int) -> None:
    """Cache the value for so many seconds, if the cache is available."""
    try:
        cache.set(key, value, seconds)
    except Exception:
        logger.exception("Writing to the cache failed.")
