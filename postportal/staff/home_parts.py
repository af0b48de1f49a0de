"""Registry of what stands on the home page of staff beside the tasks: apps add theirs in their module `dashboard`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

_parts: dict[str, Callable[[HttpRequest], Any]] = {}


def register_home_part(name: str, part: Callable[[HttpRequest], Any]) -> None:
    """Give the template of the home page what `part` returns, under this name."""
    _parts[name] = part


def home_parts(request: HttpRequest) -> dict[str, Any]:
    return {name: part(request) for name, part in _parts.items()}
