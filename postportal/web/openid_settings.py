"""Settings of sign-in by OpenID Connect, from the environment. It is off without an issuer (docs/deploy.md)."""

from typing import Any
from urllib.parse import urlsplit


def openid_provider(env: Any) -> tuple[str, str, str, str, str]:
    issuer = env.str("OPENID_ISSUER", default="")
    return (
        issuer,
        env.str("OPENID_CLIENT_ID", default=""),
        env.str("OPENID_CLIENT_SECRET", default=""),
        env.str("OPENID_NAME", default=urlsplit(issuer).hostname or ""),
        env.str("OPENID_SCOPE", default="openid email profile"),
    )


def openid_accounts(env: Any) -> tuple[bool, bool, bool]:
    return (
        env.bool("OPENID_LINK_BY_EMAIL", default=True),
        env.bool("OPENID_CREATE_ACCOUNTS", default=False),
        env.bool("OPENID_SECOND_FACTOR", default=False),
    )


def openid_roles(env: Any) -> tuple[str, dict[str, str]]:
    """Return the claim with the groups of a person, and the roles of groups: cms-editors=Editor,cms-chiefs=Publisher"""
    return env.str("OPENID_GROUPS_CLAIM", default="groups"), env.dict("OPENID_ROLES", default={})
