"""The base URL of the portal, configured as SITE_URL."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest

SITE_URL_PATTERN = re.compile(r"https?://[^\s/?#@]+/?", re.IGNORECASE)
# Letters, digits and hyphens; the last part begins with a letter, unlike that of an IP address.
DOMAIN_PATTERN = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
LOCAL_DOMAIN = "localhost"


def configured_origin() -> str:
    """Return SITE_URL without a slash at the end; "" if it is not set."""
    return str(settings.SITE_URL).rstrip("/")


def site_origin(request: HttpRequest) -> str:
    """Return scheme and host of the portal's URLs. Those of the request only if SITE_URL is not set: the client
    chooses the Host header, and with several hosts every page would exist several times."""
    return configured_origin() or f"{request.scheme}://{request.get_host()}"


def absolute_url(request: HttpRequest, url: str) -> str:
    """Return the absolute URL of a page or file. A URL that is absolute already stays as it is."""
    origin = site_origin(request)
    # A path may begin with two slashes, which would otherwise mean another host.
    return origin + url if url.startswith("/") else urljoin(origin + request.path, url)


def path_on_site(url: str) -> str:
    """Return the path of a URL of this site, "" for those of others."""
    try:
        parts, own = urlsplit(url), urlsplit(configured_origin())
    except ValueError:
        return ""
    is_own = url.startswith("/") and not parts.netloc
    is_own_host = parts.scheme in {"http", "https"} and parts.netloc == own.netloc
    return parts.path or "/" if is_own or is_own_host else ""


def site_domain() -> str:
    """Return the domain of SITE_URL, or else the first one in ALLOWED_HOSTS, in ASCII and lower case. “localhost” if
    neither has one. For IDs that outlive requests, so never from a request."""
    hosts = [urlsplit(settings.SITE_URL).hostname or ""] if settings.SITE_URL else settings.ALLOWED_HOSTS
    domains = (_ascii_domain(host) for host in hosts)
    return next(filter(None, domains), LOCAL_DOMAIN)


def _ascii_domain(host: str) -> str:
    try:
        name = host.strip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return name if DOMAIN_PATTERN.fullmatch(name) else ""


def check_site_url(**kwargs: Any) -> list[CheckMessage]:
    if not settings.SITE_URL or SITE_URL_PATTERN.fullmatch(settings.SITE_URL):
        return []
    return [
        Error(
            f"SITE_URL is not the URL of a site: {settings.SITE_URL}",
            hint="Set it to scheme and host without a path, for example https://portal.example",
            id="portal.E001",
        )
    ]
