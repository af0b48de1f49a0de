"""Domain and origins of passkeys, as the settings say. A passkey belongs to one domain for good."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning
from django.http import HttpRequest

LOCAL_HOST = "localhost"


def passkey_origins() -> list[str]:
    """Return the origins whose pages may use passkeys, such as https://portal.example."""
    return [f"{parts.scheme}://{parts.netloc}".lower() for parts in map(urlsplit, settings.PASSKEY_ORIGINS)]


def offers_passkeys(request: HttpRequest) -> bool:
    """Return True if browsers accept passkeys on the page of the request."""
    origin = f"{request.scheme}://{request.get_host()}".lower()
    return bool(settings.PASSKEY_DOMAIN) and origin in passkey_origins()


def check_passkey_settings(**kwargs: Any) -> list[CheckMessage]:
    """Report origins that browsers would refuse."""
    wrong = [origin for origin in settings.PASSKEY_ORIGINS if not _is_usable(origin)]
    if not wrong:
        return []
    return [
        Error(
            f"Browsers accept no passkeys of “{settings.PASSKEY_DOMAIN}” on {', '.join(wrong)}",
            hint="PASSKEY_ORIGINS are https URLs on PASSKEY_DOMAIN or hosts below it; http only on localhost.",
            id="portal.E070",
        )
    ]


def check_passkeys_are_set(**kwargs: Any) -> list[CheckMessage]:
    """Report a server that does not know its own domain. Run by `check --deploy`."""
    if settings.PASSKEY_DOMAIN:
        return []
    return [
        CheckWarning(
            "Nobody can log in with a passkey, because the domain of passkeys is not set.",
            hint="Set SITE_URL, or PASSKEY_ORIGINS.",
            id="portal.W071",
        )
    ]


def _is_usable(origin: str) -> bool:
    parts = urlsplit(origin)
    host, domain = (parts.hostname or "").lower(), settings.PASSKEY_DOMAIN.lower()
    is_of_domain = bool(domain) and (host == domain or host.endswith(f".{domain}"))
    return is_of_domain and (parts.scheme == "https" or (parts.scheme == "http" and host == LOCAL_HOST))
