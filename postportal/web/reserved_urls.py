"""URLs that no row may have, because something else answers there: another view, a language, static or uploaded files.

Nothing is listed here: the routes, the languages and the settings say it."""

import functools
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.urls import LocalePrefixPattern, NoReverseMatch, Resolver404, get_resolver, get_urlconf, resolve, reverse
from django.urls.resolvers import RoutePattern
from django.utils import translation

from postportal.web.languages import language_of_path


def is_url_reserved(view_name: str, **arguments: Any) -> bool:
    """Return True if the URL of this view with these arguments leads elsewhere, in any language."""
    return not all(_leads_to(view_name, arguments, language=code) for code, _name in settings.LANGUAGES)


def is_path_reserved(view_name: str, **arguments: str) -> bool:
    """Return True if no page may have the path, the only argument: its URL leads elsewhere, it is the beginning of a
    route, such as “feeds”, or it lies in a folder that is not for readers, such as “admin”."""
    (path,) = arguments.values()
    beginnings, folders = _routes(get_urlconf())
    return path in beginnings or path.partition("/")[0] in folders or is_url_reserved(view_name, **arguments)


def _leads_to(view_name: str, arguments: dict[str, Any], *, language: str) -> bool:
    with translation.override(language):
        try:
            path = unquote(reverse(view_name, kwargs=arguments))
        except NoReverseMatch:
            return False
    with translation.override(language_of_path(path)):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    is_file = path.startswith((settings.STATIC_URL, settings.MEDIA_URL))
    return not is_file and match.view_name == view_name and match.kwargs == arguments


@functools.cache
def _routes(urlconf: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the beginnings of all routes, and the first folders of those that have no language."""
    localized: list[Any] = []
    others: list[Any] = []
    for pattern in get_resolver(urlconf).url_patterns:
        (localized if isinstance(pattern.pattern, LocalePrefixPattern) else others).append(pattern)
    outer = set(_beginnings(others))
    files = {url.strip("/").partition("/")[0] for url in (settings.STATIC_URL, settings.MEDIA_URL)}
    folders = {each.partition("/")[0] for each in outer} | files | {code for code, _name in settings.LANGUAGES}
    return frozenset(outer | set(_beginnings(localized))), frozenset(folders)


def _beginnings(patterns: Any, *, prefix: str = "") -> Iterator[str]:
    """Yield “feeds” and “feeds/news” for the route feeds/news/<year>, and so on for all routes."""
    for pattern in patterns:
        route = str(pattern.pattern) if isinstance(pattern.pattern, RoutePattern) else ""
        whole = prefix + route
        folders = whole.partition("<")[0].split("/")[:-1]
        yield from ("/".join(folders[: count + 1]) for count in range(len(folders)))
        if "<" not in whole:
            yield from ([whole] if whole and "/" not in whole else [])
            yield from _beginnings(getattr(pattern, "url_patterns", []), prefix=whole)
