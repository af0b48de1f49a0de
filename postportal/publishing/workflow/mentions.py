"""Colleagues named with @ in a comment."""

from collections.abc import Iterable
from typing import Any

from postportal.staff.account_names import full_name_or_username


def mentioned_in(text: str, colleagues: Iterable[Any]) -> list[Any]:
    """Return the colleagues who are named with @ and their full name or username. Of several names that fit, the
    longest is meant: “@Li Na” is not Li."""
    by_name: dict[str, list[Any]] = {}
    for colleague in colleagues:
        for name in {full_name_or_username(colleague).casefold(), colleague.get_username().casefold()}:
            by_name.setdefault(name, []).append(colleague)
    names = sorted(by_name, key=len, reverse=True)
    found: dict[Any, Any] = {}
    for rest in text.casefold().split("@")[1:]:
        name = next((name for name in names if _starts_with(rest, name)), None)
        found |= {colleague.pk: colleague for colleague in by_name.get(name or "", ())}
    return list(found.values())


def _starts_with(text: str, name: str) -> bool:
    """Return True if the text begins with the name, and not with a longer word. Chinese has no space after a name."""
    following = text[len(name) : len(name) + 1]
    is_longer = following.isascii() and (following.isalnum() or following == "_") and name[-1:].isascii()
    return bool(name) and text.startswith(name) and not is_longer
