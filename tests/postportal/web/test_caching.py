import pytest
from django.test import Client

from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db

SHARED = "public, max-age=0, s-maxage=1, stale-if-error=600"
PRIVATE = "max-age=0, no-cache, no-store, must-revalidate, private"


def public_paths() -> list[str]:
    article = news.article()
    return [
        "/",
        "/news/",
        article.get_absolute_url(),
        news.person().get_absolute_url(),
        news.organization().get_absolute_url(),
        services.stamp_issue().get_absolute_url(),
        "/services/hotlines/",
        pages.page().get_absolute_url(),
        "/search/?q=mail",
        "/api/search?q=mail",
        "/feeds/news.atom",
        "/sitemap.xml",
        "/robots.txt",
        "/no-such-page/",
    ]


def test_public_pages_are_the_same_for_everyone(client: Client) -> None:
    for path in public_paths():
        response = client.get(path)
        assert (path, response["Cache-Control"], response.cookies, response.get("Vary", "")) == (path, SHARED, {}, "")


def test_pages_of_a_signed_in_reader_are_not_cached() -> None:
    browser = staff.sign_in()

    for path in public_paths():
        assert (path, browser.get(path)["Cache-Control"]) == (path, PRIVATE)


def test_contact_form_and_health_check_are_not_cached(client: Client) -> None:
    assert [client.get(path)["Cache-Control"] for path in ("/contact/", "/healthz")] == [PRIVATE, PRIVATE]


def test_head_responds_like_get_without_the_body(client: Client) -> None:
    for path in public_paths():
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert {name: head[name] for name in head.headers} == {name: get[name] for name in head.headers}
