"""Setting of the domain that passkeys belong to for good: never guessed from a request."""

from typing import Any
from urllib.parse import urlsplit

DEVELOPMENT_ORIGIN = "http://localhost:8000"


def passkey_domain(env: Any, *, site_url: str, debug: bool) -> tuple[list[str], str]:
    """Return the origins of pages that may use passkeys, and the domain of the passkeys: by default those of
    SITE_URL."""
    guessed = site_url or (DEVELOPMENT_ORIGIN if debug else "")
    origins: list[str] = env.list("PASSKEY_ORIGINS", default=[guessed] if guessed else [])
    host = urlsplit(origins[0]).hostname if origins else None
    return origins, env.str("PASSKEY_DOMAIN", default=host or "")
