"""Rate limits, counted in the cache. Without a working cache there is no limit."""

import hashlib
import ipaddress
import logging

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60

logger = logging.getLogger(__name__)


def allow(limit: int, *, action: str, client: str, seconds: int) -> bool:
    """Count one more `action` of `client`. Return False if there were already `limit` of them in a window of so many
    seconds."""
    key = f"limit:{action}:{hashlib.sha256(client.encode()).hexdigest()[:32]}"
    # Every cache backend has its own exceptions, and none of them may lock readers out.
    try:
        cache.add(key, 0, timeout=seconds)
        return int(cache.incr(key)) <= limit
    except Exception:
        logger.exception("Counting in the cache failed.")
        return True


def allow_per_minute(request: HttpRequest, limit: int, *, action: str) -> bool:
    """Count one more `action` of the client. Return False if there were already `limit` this minute; 0 is no limit."""
    return not limit or allow(limit, action=action, client=client_network(request), seconds=MINUTE)


def client_ip(request: HttpRequest) -> str:
    """Return the IP address of the client.

    X-Forwarded-For is only trusted from a proxy that connects over a socket file, and so has no address, or is listed
    in TRUSTED_PROXIES. The proxy adds the last entry; the client may have sent the others."""
    found: str = request.META.get("REMOTE_ADDR", "")
    if not found or found in settings.TRUSTED_PROXIES:
        found = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or found
    return found


def client_network(request: HttpRequest) -> str:
    """Return the client to count requests for, see `network_of`."""
    return network_of(client_ip(request))


def network_of(address: str) -> str:
    """Return the IPv4 address itself, or the /64 network of an IPv6 address, as one household has. A socket for both
    gives IPv4 addresses as ::ffff:192.0.2.1; they are not one network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
