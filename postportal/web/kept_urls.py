"""URLs of rows and lists. A page has a hundred, and Django needs longer for each than for loading the row."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, override

# A few pages of lists in each language.
MAX_KEPT = 20_000


def kept_url(name: str, *args: Any, language: str | None = None) -> str:
    """Return `reverse(name, args=args)` in this language, by default the active one. Raise NoReverseMatch as it does.
    The URL of a view never changes while the portal runs, so it is kept in the process."""
    return _reverse(name, args, language or get_language(), get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=MAX_KEPT)
def _reverse(name: str, args: tuple[Any, ...], language: str | None, prefix: str, urlconf: str) -> str:
    with override(language):
        return reverse(name, args=args)
