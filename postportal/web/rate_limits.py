"""How often somebody may do something. Counted in the cache, so it is gentle: a dead cache lets everything through."""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60

logger = logging.getLogger(__name__)


def allow(limit: int, *, action: str, client: str, seconds: int) -> bool:
    """Count one more `what` of `who`; False where there were already `limit` within `seconds`."""
    key = f"limit:{action}:{hashlib.sha256(client.encode()).hexdigest()[:32]}"
    # Each cache has errors of its own, and none may stop a reader.
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) <= limit
    except Exception:
        logger.exception("The cache does not count.")
        return True


def allow_per_minute(request: HttpRequest, limit: int, *, action: str) -> bool:
    """Count one more `what` of whoever sent the request; False where there were `limit` in a minute. 0 is no limit."""
    return not limit or allow(limit, action=action, client=client_network(request), seconds=MINUTE)


def client_ip(request: HttpRequest) -> str:
    """Return the network address the request comes from.

    Only a proxy of ours may say for whom it asks: one on this machine, over a socket file that gives no address, or
    one in TRUSTED_PROXIES. It writes the last entry of X-Forwarded-For; whatever stands before was sent by the
    reader."""
    found: str = request.META.get("REMOTE_ADDR", "")
    if not found or found in settings.TRUSTED_PROXIES:
        found = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or found
    return found


def client_network(request: HttpRequest) -> str:
    """Return the address to count by: for IPv6 its network, which one household has to itself."""
    found = client_ip(request)
    try:
        parsed = ipaddress.ip_address(found)
    except ValueError:
        return found
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
