"""Coverage of the public URLs by PAGES, checked without a browser."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

from tests.browser.pages import NOT_HTML_PAGES, PAGES


def public_url_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"
        elif pattern.app_name not in {"admin", "ninja"}:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from public_url_names(pattern.url_patterns, namespace + inner)


def test_every_public_url_is_among_the_pages() -> None:
    names = set(public_url_names(get_resolver().url_patterns)) - NOT_HTML_PAGES
    names = {name for name in names if not name.endswith("feed")}

    assert names - {page.name for page in PAGES} == set()


def test_page_has_the_name_of_its_url() -> None:
    pages = [page for page in PAGES if page.name != "not found"]

    assert [(page.path, url_name_of(page.path)) for page in pages] == [(page.path, page.name) for page in pages]


def url_name_of(path: str) -> str:
    with translation.override(translation.get_language_from_path(path) or "en"):
        return resolve(path.partition("?")[0]).view_name
