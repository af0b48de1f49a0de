"""Checks of the settings of sign-in by OpenID Connect. Nothing here needs the library, which is loaded where the
sign-in is switched on."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

from postportal.roles import ROLES

# Untyped: the type checker does not see settings that are set several at a time.
openid: Any = settings
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


def offers_openid() -> bool:
    return bool(openid.OPENID_ISSUER)


def check_openid_settings(**kwargs: Any) -> list[CheckMessage]:
    """Report settings with which nobody could sign in, or strangers could."""
    if not offers_openid():
        return []
    parts = urlsplit(openid.OPENID_ISSUER)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)
    unknown = sorted(set(openid.OPENID_ROLES.values()) - set(ROLES))
    return [
        *_error(not is_safe, "OPENID_ISSUER is not an https URL.", number=72),
        *_error(not openid.OPENID_CLIENT_ID, "OPENID_CLIENT_ID is not set.", number=73),
        *_error("openid" not in openid.OPENID_SCOPE.split(), "OPENID_SCOPE lacks “openid”.", number=74),
        *_error(bool(unknown), f"OPENID_ROLES names roles that do not exist: {', '.join(unknown)}", number=75),
    ]


def _error(is_wrong: bool, text: str, *, number: int) -> list[CheckMessage]:
    hint = f"See docs/deploy.md. Roles: {', '.join(ROLES)}"
    return [Error(text, hint=hint, id=f"portal.E{number:03}")] if is_wrong else []
