"""How often somebody may do something. Counted in the cache, so it is gentle: a dead cache lets everything through."""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60

logger = logging.getLogger(__name__)


def is_within(limit: int, *, what: str, who: str, seconds: int) -> bool:
    """Count one more `what` of `who`; False where there were already `limit` within `seconds`."""
    key = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    # Each cache has errors of its own, and none may stop a reader.
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) <= limit
    except Exception:
        logger.exception("The cache does not count.")
        return True


def is_within_minute(request: HttpRequest, limit: int, *, what: str) -> bool:
    """Count one more `what` of whoever sent the request; False where there were `limit` in a minute. 0 is no limit."""
    return not limit or is_within(limit, what=what, who=sender(request), seconds=MINUTE)


def address(request: HttpRequest) -> str:
    """Return the network address the request comes from.

    Only a proxy of ours may say for whom it asks: one on this machine, over a socket file that gives no address, or
    one in TRUSTED_PROXIES. It writes the last entry of X-Forwarded-For; whatever stands before was sent by the
    reader."""
    found: str = request.META.get("REMOTE_ADDR", "")
    if not found or found in settings.TRUSTED_PROXIES:
        found = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or found
    return found


def sender(request: HttpRequest) -> str:
    """Return the address to count by: for IPv6 its network, which one household has to itself."""
    found = address(request)
    try:
        parsed = ipaddress.ip_address(found)
    except ValueError:
        return found
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
