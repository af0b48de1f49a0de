"""Every public page has one URL: on one host, and for each page of a list."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.postportal.publishing import test_every_public_object as every

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTS = ("www.post.example", "post.test")
WRONG_NUMBERS = ("-1", "0", "2", "abc", "1.5", "01", "１", "1&page=2", "99999999999")
FEEDS = ("feed", "sitemap", "search_atom", "search_csv")


def public_pages(language: str = "en") -> dict[str, str]:
    """Return the route of every public page and file, by URL, with an item on each list."""
    items = {label: every.make_item(label, "Hush everywhere", language, {}) for label in every.FACTORIES}
    urls = {url: route for route in every.ROUTES for url in every.list_urls(route)}
    items_urls = every.ITEM_ROUTES.items()
    return urls | {reverse(route, kwargs=get(items[label])): route for route, (label, get) in items_urls}


def with_page(url: str, number: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}page={number}"


def test_every_list_has_one_url_for_each_page(client: Client) -> None:
    lists = set()
    for url, route in public_pages().items():
        context = client.get(url).context
        is_feed = any(word in route for word in FEEDS) and route != "pages:sitemap"
        if not is_feed and not (context and "page_obj" in context):
            continue
        lists.add(route)
        wrong = {number: client.get(with_page(url, number)).status_code for number in WRONG_NUMBERS}
        assert wrong == dict.fromkeys(WRONG_NUMBERS, 404), url
        if not route.startswith("sitemap"):
            for number in ("1", ""):
                moved = client.get(with_page(url, number))
                assert (moved.status_code, client.get(moved["Location"]).status_code) == (301, 200), url
                assert "page=" not in moved["Location"]
    assert lists >= {"news:articles", "news:people", "news:organizations", "services:stamp_year", "search", "news:feed"}


def test_every_absolute_url_is_that_of_the_configured_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://post.example/", [*HOSTS]
    bodies: dict[str, Any] = {}
    for url in public_pages():
        bodies[url] = [client.get(url, HTTP_HOST=host).getvalue().decode() for host in HOSTS]

    for url, (first, second) in bodies.items():
        # The form has a token for each visitor.
        assert first == second or url == "/contact/", url
        assert [host for host in (*HOSTS, "testserver") if host in first] == [], url
    for url in ("/", "/feeds/news.atom", "/sitemap.xml", "/robots.txt", "/api/search?q=hush&page_size=100"):
        assert "https://post.example/" in bodies[url][0], url
    assert '<link rel="canonical" href="https://post.example/news/">' in bodies["/news/"][0]
    assert 'hreflang="zh-Hans" href="https://post.example/zh-hans/news/"' in bodies["/news/"][0]
