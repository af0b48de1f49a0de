"""Names of accounts as colleagues read them."""

from typing import Any


def full_name_or_username(user: Any) -> str:
    """Return the name of the user, "" where there is no user."""
    return (user.get_full_name() or user.get_username()) if user else ""
